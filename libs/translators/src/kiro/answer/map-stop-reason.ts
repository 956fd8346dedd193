import type { FinishReason } from '@sluice/core';

/** The words of `metadataEvent.stopReason`. Lower case. */
const UNIFIED: ReadonlyMap<string, FinishReason['unified']> = new Map([
  ['end_turn', 'stop'],
  ['tool_use', 'tool-calls'],
  ['max_tokens', 'length'],
  ['stop_sequence', 'stop'],
  ['content_filtered', 'content-filter'],
  ['guardrail_intervened', 'content-filter'],
]);

/** From here on the context counts as full. */
const FULL_PERCENTAGE = 100;

/** What an answer was seen to be when it ended. */
export interface AnswerFacts {
  readonly contextPercentage: number | undefined;
  /** The vendor cut the answer or one of its calls, or there is nothing in it but thinking. */
  readonly isCut: boolean;
  readonly hasCalls: boolean;
  /** The vendor's own word, if it said one. */
  readonly stopReason: string | undefined;
}

/**
 * Why the answer ended. The vendor says it late or not at all, so what was seen counts more than its word: a full context,
 * then a cut answer, then calls.
 */
export function mapStopReason({ contextPercentage, isCut, hasCalls, stopReason }: AnswerFacts): FinishReason {
  const raw = stopReason === undefined ? {} : { raw: stopReason };
  if (contextPercentage !== undefined && contextPercentage >= FULL_PERCENTAGE)
    return { unified: 'context-window', ...raw };
  if (isCut) return { unified: 'length', ...raw };
  if (hasCalls) return { unified: 'tool-calls', ...raw };
  if (stopReason === undefined) return { unified: 'stop' };
  const said = UNIFIED.get(stopReason.toLowerCase()) ?? 'other';
  return { unified: said === 'tool-calls' ? 'stop' : said, ...raw }; // it speaks of a call that never came
}

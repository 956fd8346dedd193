import type { FinishReason, JsonObject } from '@sluice/core';
import { textMember } from '@sluice/translator-kit';

/** @see https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons */
const UNIFIED: ReadonlyMap<string, FinishReason['unified']> = new Map(
  Object.entries({
    compaction: 'pause', // beta: the answer is only a summary, to be sent back with the next request
    end_turn: 'stop',
    max_tokens: 'length',
    model_context_window_exceeded: 'context-window',
    pause_turn: 'pause',
    refusal: 'refusal',
    stop_sequence: 'stop',
    tool_use: 'tool-calls',
  }),
);

/** What one of Anthropic's words means; undefined for a word that it has not published. */
export function unifiedStopReason(raw: string): FinishReason['unified'] | undefined {
  return UNIFIED.get(raw);
}

/** Reads `stop_reason` and `stop_sequence` of a message or of a `message_delta`'s delta. Null means "not finished". */
export function mapStopReason(source: JsonObject): FinishReason | undefined {
  const raw = textMember(source, 'stop_reason');
  if (raw === undefined) return undefined;
  const stopSequence = textMember(source, 'stop_sequence');
  return { unified: unifiedStopReason(raw) ?? 'other', raw, ...(stopSequence === undefined ? {} : { stopSequence }) };
}

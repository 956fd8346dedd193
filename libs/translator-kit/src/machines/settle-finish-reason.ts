import type { FinishReason } from '@sluice/core';

export interface ReportedFinish {
  /** What the vendor said. */
  readonly reported: FinishReason;
  /** How many tool calls really became blocks of the answer. */
  readonly toolCalls: number;
}

/**
 * The finish reason that fits the answer. Vendors say `stop` after tool calls (Gemini always does) and `tool_calls` after
 * none; agents that believe them stop too early or wait for ever. The vendor's own word stays in `raw`.
 */
export function settleFinishReason({ reported, toolCalls }: ReportedFinish): FinishReason {
  if (reported.unified === 'stop' && toolCalls > 0 && reported.stopSequence === undefined) {
    return { ...reported, unified: 'tool-calls' };
  }
  if (reported.unified === 'tool-calls' && toolCalls === 0) return { ...reported, unified: 'stop' };
  return reported;
}

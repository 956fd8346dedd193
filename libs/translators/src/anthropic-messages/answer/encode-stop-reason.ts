import type { FinishReason, JsonObject } from '@sluice/core';
import { textMember } from '@sluice/translator-kit';
import { unifiedStopReason } from '../map-stop-reason.js';

const STOP_REASONS: Readonly<Record<FinishReason['unified'], string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
  refusal: 'refusal',
  'context-window': 'model_context_window_exceeded',
  pause: 'pause_turn',
  error: 'end_turn',
  other: 'end_turn',
};

export interface StopReasonInput {
  readonly finishReason: FinishReason;
  /** Members of this format that travelled with the end of the answer. */
  readonly carried: JsonObject | undefined;
  /** Whether a block of the answer was a refusal, which other formats do not say in their finish reason. */
  readonly hasRefused: boolean;
}

/** `stop_reason` and `stop_sequence`: the vendor's own word where it was Anthropic's, else the nearest one. */
export function encodeStopReason(input: StopReasonInput): JsonObject {
  return { stop_reason: reasonOf(input), stop_sequence: input.finishReason.stopSequence ?? null };
}

function reasonOf({ finishReason, carried, hasRefused }: StopReasonInput): string {
  const { unified, raw, stopSequence } = finishReason;
  const own = textMember(carried, 'stop_reason');
  if (own !== undefined) return own;
  if (stopSequence !== undefined) return 'stop_sequence';
  if (raw !== undefined && unifiedStopReason(raw) === unified) return raw;
  return hasRefused && unified === 'stop' ? 'refusal' : STOP_REASONS[unified];
}

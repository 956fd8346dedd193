import type { FinishReason, JsonObject } from '@sluice/core';
import { objectMember, textMember } from '@sluice/translator-kit';

const UNIFIED: ReadonlyMap<string, FinishReason['unified']> = new Map(
  Object.entries({
    end_turn: 'stop',
    stop_sequence: 'stop',
    max_tokens: 'length',
    tool_use: 'tool-calls',
    guardrail_intervened: 'content-filter',
    content_filtered: 'content-filter',
    model_context_window_exceeded: 'context-window',
    malformed_model_output: 'error',
    malformed_tool_use: 'error',
  } as const),
);

/**
 * Why an answer ended.
 * @param end a whole answer, or the payload of `messageStop`
 * @returns undefined when it does not say why
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseResponse.html
 */
export function mapStopReason(end: JsonObject): FinishReason | undefined {
  const raw = textMember(end, 'stopReason');
  if (raw === undefined) return undefined;
  const fields = objectMember(end, 'additionalModelResponseFields');
  const stopSequence =
    textMember(fields, 'stop_sequence') ?? textMember(objectMember(fields, 'delta'), 'stop_sequence');
  return { unified: UNIFIED.get(raw) ?? 'other', raw, ...(stopSequence === undefined ? {} : { stopSequence }) };
}

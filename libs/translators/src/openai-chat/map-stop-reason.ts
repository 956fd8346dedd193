import type { FinishReason } from '@sluice/core';

/** OpenAI's own words, and those that compatible vendors use in their place. Lower case. */
const UNIFIED: ReadonlyMap<string, FinishReason['unified']> = new Map(
  Object.entries({
    stop: 'stop',
    length: 'length',
    tool_calls: 'tool-calls',
    function_call: 'tool-calls',
    content_filter: 'content-filter',
    error: 'error', // OpenRouter, with the reason in choices[].error
    insufficient_system_resource: 'error', // DeepSeek, out of capacity in the middle of an answer
    network_error: 'error', // GLM
    abort: 'error', // vLLM, when it is stopped
    max_tokens: 'length', // seen from Gemini-backed servers
    model_context_window_exceeded: 'context-window', // GLM
    model_length: 'context-window', // Mistral
    sensitive: 'content-filter', // GLM
    safety: 'content-filter', // this and the next, from servers in front of Gemini and Claude
    refusal: 'content-filter',
    tool_use: 'tool-calls',
  }),
);

/** `finish_reason` as the one unified word, with the vendor's own kept. Null, absent and `""` mean "not finished". */
export function mapStopReason(raw: unknown): FinishReason | undefined {
  if (typeof raw !== 'string' || raw === '') return undefined;
  return { unified: UNIFIED.get(raw.toLowerCase()) ?? 'other', raw };
}

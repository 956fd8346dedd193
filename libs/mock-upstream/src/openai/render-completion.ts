import type { MockAnswer } from '../vendor-dialect.js';

/** `created` of every answer, in seconds: a fixed instant keeps equal requests equal. */
export const CREATED_SECONDS = 1_760_000_000;

/** Says where the numbers in `usage` come from. */
export const SYSTEM_FINGERPRINT = 'fp_mock_usage_in_words';

const FINISH_REASONS = { stop: 'stop', length: 'length', 'tool-calls': 'tool_calls' } as const;

/** OpenAI's word for how an answer ended. */
export function finishReason(answer: MockAnswer): string {
  return FINISH_REASONS[answer.finish];
}

/** The id of the `index`-th tool call. */
export function toolCallId(answer: MockAnswer, index: number): string {
  return `call_${answer.digest.slice(0, 22)}${String(index).padStart(2, '0')}`;
}

/** OpenAI's usage object. */
export function renderUsage({ usage }: MockAnswer) {
  return {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: usage.input + usage.output,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** A whole chat completion. @see https://platform.openai.com/docs/api-reference/chat/object */
export function renderCompletion(answer: MockAnswer): string {
  const toolCalls = answer.toolCalls.map((call, index) => ({
    id: toolCallId(answer, index),
    type: 'function',
    function: { name: call.name, arguments: call.argumentsJson },
  }));
  return JSON.stringify({
    id: `chatcmpl-${answer.digest}`,
    object: 'chat.completion',
    created: CREATED_SECONDS,
    model: answer.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: toolCalls.length > 0 ? null : answer.pieces.join(''),
          ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
          refusal: null,
          annotations: [],
        },
        logprobs: null,
        finish_reason: finishReason(answer),
      },
    ],
    usage: renderUsage(answer),
    service_tier: 'default',
    system_fingerprint: SYSTEM_FINGERPRINT,
  });
}

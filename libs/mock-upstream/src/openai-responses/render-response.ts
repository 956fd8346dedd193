import type { JsonObject } from '@sluice/core';
import { CREATED_SECONDS, toolCallId } from '../openai/render-completion.js';
import type { MockAnswer } from '../vendor-dialect.js';

/** OpenAI's usage object of a response. */
function renderUsage({ usage }: MockAnswer): JsonObject {
  return {
    input_tokens: usage.input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: usage.input + usage.output,
  };
}

/** The id of the answer's `index`-th item. */
function itemId(prefix: string, { digest }: MockAnswer, index: number): string {
  return `${prefix}_${digest.slice(0, 22)}${String(index).padStart(2, '0')}`;
}

/** How an answer stands when it has ended. */
export function endStatus({ finish }: MockAnswer): 'completed' | 'incomplete' {
  return finish === 'length' ? 'incomplete' : 'completed';
}

/** The answer's items when they are whole: its calls, or one message. */
export function renderItems(answer: MockAnswer): readonly JsonObject[] {
  if (answer.toolCalls.length > 0) {
    return answer.toolCalls.map((call, index) => ({
      id: itemId('fc', answer, index),
      type: 'function_call',
      status: 'completed',
      arguments: call.argumentsJson,
      call_id: toolCallId(answer, index),
      name: call.name,
    }));
  }
  const text = answer.pieces.join('');
  return [
    {
      id: itemId('msg', answer, 0),
      type: 'message',
      status: endStatus(answer),
      content: [{ type: 'output_text', annotations: [], logprobs: [], text }],
      role: 'assistant',
    },
  ];
}

/** A response that has just begun. */
export function renderBegun(answer: MockAnswer): JsonObject {
  return {
    id: `resp_${answer.digest}`,
    object: 'response',
    created_at: CREATED_SECONDS,
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    model: answer.model,
    output: [],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    store: true,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage: null,
    user: null,
    metadata: { mock_usage: 'in words' },
  };
}

/** A whole response. @see https://platform.openai.com/docs/api-reference/responses/object */
export function renderResponse(answer: MockAnswer): JsonObject {
  const isCut = answer.finish === 'length';
  return {
    ...renderBegun(answer),
    status: endStatus(answer),
    incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
    output: renderItems(answer),
    usage: renderUsage(answer),
  };
}

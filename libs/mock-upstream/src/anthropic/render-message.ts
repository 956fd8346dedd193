import type { MockAnswer } from '../vendor-dialect.js';

const STOP_REASONS = { stop: 'end_turn', length: 'max_tokens', 'tool-calls': 'tool_use' } as const;

/** Anthropic's word for how an answer ended. */
export function stopReason(answer: MockAnswer): string {
  return STOP_REASONS[answer.finish];
}

/** The id of the `index`-th tool call. */
export function toolUseId(answer: MockAnswer, index: number): string {
  return `toolu_${answer.digest.slice(0, 22)}${String(index).padStart(2, '0')}`;
}

/** Anthropic's usage object with so many output tokens. */
export function renderUsage({ usage }: MockAnswer, output: number) {
  return {
    input_tokens: usage.input,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: output,
    service_tier: 'standard',
  };
}

/** A message without content and end, as a stream begins with it. */
export function renderEmptyMessage(answer: MockAnswer) {
  return {
    id: `msg_${answer.digest}`,
    type: 'message',
    role: 'assistant',
    model: answer.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: renderUsage(answer, 1),
  };
}

/** A whole message. @see https://docs.anthropic.com/en/api/messages */
export function renderMessage(answer: MockAnswer): string {
  const toolUses = answer.toolCalls.map((call, index) => ({
    type: 'tool_use',
    id: toolUseId(answer, index),
    name: call.name,
    input: JSON.parse(call.argumentsJson) as unknown,
  }));
  return JSON.stringify({
    ...renderEmptyMessage(answer),
    content: toolUses.length > 0 ? toolUses : [{ type: 'text', text: answer.pieces.join('') }],
    stop_reason: stopReason(answer),
    usage: renderUsage(answer, answer.usage.output),
  });
}

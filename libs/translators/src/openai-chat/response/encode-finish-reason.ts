import type { FinishReason } from '@sluice/core';

export type ChatFinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call';

const WORDS: Readonly<Record<FinishReason['unified'], ChatFinishReason>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  refusal: 'content_filter',
  'context-window': 'length',
  pause: 'stop',
  error: 'stop', // failures are rendered as errors before they come here
  other: 'stop',
};

export interface FinishOptions {
  readonly hasCalls: boolean;
  /** Whether the client reads `function_call` only. */
  readonly isLegacy: boolean;
}

/** `finish_reason`: one of the words that OpenAI's clients know. */
export function encodeFinishReason(
  { unified, raw }: FinishReason,
  { hasCalls, isLegacy }: FinishOptions,
): ChatFinishReason {
  if (unified === 'refusal' && raw === 'stop') return 'stop'; // OpenAI's own way: the refusal stands in the message
  const word = WORDS[unified];
  if (word !== 'tool_calls') return word;
  if (!hasCalls) return 'stop'; // agents would wait for calls for ever
  return isLegacy ? 'function_call' : word;
}

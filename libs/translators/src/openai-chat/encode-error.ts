import type { GatewayError, SseFrame } from '@sluice/core';
import { encodeOpenAiError, type EncodedError } from '@sluice/translator-kit';
import { DONE } from './wire-types.js';

/** A failure in OpenAI's words: the vendor's own body where it spoke this format, else our envelope around its message. */
export function encodeError(error: GatewayError): EncodedError {
  return encodeOpenAiError(error, 'openai-chat');
}

/** After the first chunk: an error object, which the SDKs raise, and the end that every reader waits for. */
export function encodeStreamError(error: GatewayError): readonly SseFrame[] {
  return [
    { kind: 'sse', data: JSON.stringify(encodeError(error).body) },
    { kind: 'sse', data: DONE },
  ];
}

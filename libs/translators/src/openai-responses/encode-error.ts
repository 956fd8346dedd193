import type { GatewayError, JsonObject, SseFrame } from '@sluice/core';
import { deterministicId, encodeOpenAiError, openAiErrorCode, type EncodedError } from '@sluice/translator-kit';
import { FORMAT } from './carried.js';

/** A failure in OpenAI's words: the vendor's own body where it spoke this format, else our envelope around its message. */
export function encodeError(error: GatewayError): EncodedError {
  return encodeOpenAiError(error, FORMAT);
}

/**
 * After the first event: an `error`, which the official client raises, and a `response.failed`, which ends the stream for
 * clients that read nothing else. Their numbers begin at 0, because nobody counted the vendor's.
 */
export function encodeStreamError(error: GatewayError, requestId: string): readonly SseFrame[] {
  const id = deterministicId('resp_', [requestId]);
  return failureFrames(error, { firstNumber: 0, response: { id, object: 'response', output: [] } });
}

export interface FailureOptions {
  /** The sequence number of the first event. */
  readonly firstNumber: number;
  /** The response as far as it came. */
  readonly response: JsonObject;
}

/** The two events of a failed stream, numbered from the given number. */
export function failureFrames(error: GatewayError, { firstNumber, response }: FailureOptions): readonly SseFrame[] {
  const { body } = encodeError(error);
  const failed = { ...response, status: 'failed', error: responseErrorOf(error) };
  return [
    frameOf({ type: 'error', sequence_number: firstNumber, ...body }),
    frameOf({ type: 'response.failed', sequence_number: firstNumber + 1, response: failed }),
  ];
}

function responseErrorOf(error: GatewayError): JsonObject {
  return { code: openAiErrorCode(error), message: error.message };
}

function frameOf(event: JsonObject & { readonly type: string }): SseFrame {
  return { kind: 'sse', event: event.type, data: JSON.stringify(event) };
}

import type { GatewayError, GatewayErrorKind, JsonObject, SseFrame } from '@sluice/core';
import { deterministicId, type EncodedError } from '@sluice/translator-kit';
import { FORMAT } from './carried.js';
import type { ResponsesErrorBody, ResponsesErrorType } from './wire-types.js';

interface ErrorRow {
  readonly type: ResponsesErrorType;
  /** OpenAI's own word, for a vendor that gave no code of its own; absent = our kind is the code. */
  readonly code?: string;
}

const ROWS: Readonly<Record<GatewayErrorKind, ErrorRow>> = {
  invalid_request: { type: 'invalid_request_error' },
  invalid_api_key: { type: 'authentication_error' },
  permission_denied: { type: 'permission_error' },
  insufficient_quota: { type: 'insufficient_quota' },
  guardrail_blocked: { type: 'invalid_request_error' },
  not_found: { type: 'invalid_request_error' },
  model_not_found: { type: 'invalid_request_error' },
  method_not_allowed: { type: 'invalid_request_error' },
  request_timeout: { type: 'invalid_request_error' },
  request_too_large: { type: 'invalid_request_error' },
  unsupported_media_type: { type: 'invalid_request_error' },
  rate_limited: { type: 'rate_limit_error' },
  model_cooldown: { type: 'rate_limit_error' },
  client_closed: { type: 'server_error' },
  internal_error: { type: 'server_error' },
  unsupported_translation: { type: 'server_error' },
  no_account_available: { type: 'server_error' },
  shutting_down: { type: 'server_error' },
  upstream_invalid_request: { type: 'invalid_request_error' },
  upstream_context_length: { type: 'invalid_request_error', code: 'context_length_exceeded' },
  upstream_not_found: { type: 'invalid_request_error' },
  upstream_request_too_large: { type: 'invalid_request_error' },
  upstream_rate_limited: { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  upstream_quota_exhausted: { type: 'insufficient_quota', code: 'insufficient_quota' },
  upstream_auth_failed: { type: 'server_error' }, // never an authentication error: agents would log their user out
  upstream_overloaded: { type: 'server_error', code: 'server_is_overloaded' },
  upstream_error: { type: 'server_error' },
  upstream_unreachable: { type: 'server_error' },
  upstream_invalid_response: { type: 'server_error' },
  upstream_truncated: { type: 'server_error' },
  upstream_timed_out: { type: 'server_error' },
  upstream_silent: { type: 'server_error' },
};

/** A failure in OpenAI's words: the vendor's own body where it spoke this format, else our envelope around its message. */
export function encodeError(error: GatewayError): EncodedError {
  return { status: error.status, body: vendorBody(error) ?? ownBody(error) };
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
  return { code: codeOf(error), message: error.message };
}

function frameOf(event: JsonObject & { readonly type: string }): SseFrame {
  return { kind: 'sse', event: event.type, data: JSON.stringify(event) };
}

function vendorBody(error: GatewayError): JsonObject | undefined {
  if (error.kind === 'upstream_auth_failed') return undefined; // it speaks of our key, not of the client's
  const body = error.upstream?.body;
  return body?.format === FORMAT ? body.value : undefined;
}

function ownBody(error: GatewayError): ResponsesErrorBody {
  const { message, param = null, kind } = error;
  return { error: { message, type: ROWS[kind].type, param, code: codeOf(error) } };
}

/** The vendor's own code, except where clients act on OpenAI's word: agents shorten their history when they read it. */
function codeOf({ kind, upstream }: GatewayError): string {
  if (kind === 'upstream_context_length') return ROWS[kind].code ?? kind;
  const vendorCode = kind === 'upstream_auth_failed' ? undefined : upstream?.code;
  return vendorCode ?? ROWS[kind].code ?? kind;
}

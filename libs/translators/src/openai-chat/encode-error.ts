import type { GatewayError, GatewayErrorKind, JsonObject, SseFrame } from '@sluice/core';
import type { EncodedError } from '@sluice/translator-kit';
import { DONE, type ChatErrorBody, type ChatErrorType } from './wire-types.js';

interface ErrorRow {
  readonly type: ChatErrorType;
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

/** After the first chunk: an error object, which the SDKs raise, and the end that every reader waits for. */
export function encodeStreamError(error: GatewayError): readonly SseFrame[] {
  return [
    { kind: 'sse', data: JSON.stringify(encodeError(error).body) },
    { kind: 'sse', data: DONE },
  ];
}

function vendorBody(error: GatewayError): JsonObject | undefined {
  if (error.kind === 'upstream_auth_failed') return undefined; // it speaks of our key, not of the client's
  const body = error.upstream?.body;
  return body?.format === 'openai-chat' ? body.value : undefined;
}

function ownBody(error: GatewayError): ChatErrorBody {
  const row = ROWS[error.kind];
  return {
    error: {
      message: error.message,
      type: row.type,
      param: error.param ?? null,
      code: codeOf(error, row),
    },
  };
}

/** The vendor's own code, except where clients act on OpenAI's word: agents shorten their history when they read it. */
function codeOf({ kind, upstream }: GatewayError, row: ErrorRow): string {
  if (kind === 'upstream_context_length' && row.code !== undefined) return row.code;
  const vendorCode = kind === 'upstream_auth_failed' ? undefined : upstream?.code;
  return vendorCode ?? row.code ?? kind;
}

import type { GatewayError, GatewayErrorKind, JsonObject, SseFrame } from '@sluice/core';
import type { EncodedError } from '@sluice/translator-kit';
import type { AnthropicErrorBody, AnthropicErrorType } from './wire-types.js';

const TYPES: Readonly<Record<GatewayErrorKind, AnthropicErrorType>> = {
  invalid_request: 'invalid_request_error',
  invalid_api_key: 'authentication_error',
  permission_denied: 'permission_error',
  insufficient_quota: 'billing_error',
  guardrail_blocked: 'invalid_request_error',
  not_found: 'not_found_error',
  model_not_found: 'not_found_error',
  method_not_allowed: 'invalid_request_error',
  request_timeout: 'timeout_error',
  request_too_large: 'request_too_large',
  unsupported_media_type: 'invalid_request_error',
  rate_limited: 'rate_limit_error',
  model_cooldown: 'rate_limit_error',
  client_closed: 'api_error',
  internal_error: 'api_error',
  unsupported_translation: 'api_error',
  no_account_available: 'overloaded_error',
  shutting_down: 'overloaded_error',
  upstream_invalid_request: 'invalid_request_error',
  upstream_context_length: 'invalid_request_error',
  upstream_not_found: 'not_found_error',
  upstream_request_too_large: 'request_too_large',
  upstream_rate_limited: 'rate_limit_error',
  upstream_quota_exhausted: 'rate_limit_error',
  upstream_auth_failed: 'api_error', // never an authentication error: agents would log their user out
  upstream_overloaded: 'overloaded_error',
  upstream_error: 'api_error',
  upstream_unreachable: 'api_error',
  upstream_invalid_response: 'api_error',
  upstream_truncated: 'api_error',
  upstream_timed_out: 'timeout_error',
  upstream_silent: 'timeout_error',
};

/** A failure in Anthropic's words: the vendor's own body where it spoke this format, else our envelope around its message. */
export function encodeError(error: GatewayError, requestId: string): EncodedError {
  return { status: error.status, body: vendorBody(error) ?? ownBody(error, requestId) };
}

/** After the first event: the `error` event, which the SDKs raise and after which they read nothing. */
export function encodeStreamError(error: GatewayError, requestId: string): readonly SseFrame[] {
  return [{ kind: 'sse', event: 'error', data: JSON.stringify(encodeError(error, requestId).body) }];
}

function vendorBody(error: GatewayError): JsonObject | undefined {
  if (error.kind === 'upstream_auth_failed') return undefined; // it speaks of our key, not of the client's
  const body = error.upstream?.body;
  return body?.format === 'anthropic-messages' ? body.value : undefined;
}

/** A vendor without credit says so with 429 or with 402, which has a word of its own. */
function typeOf({ kind, status }: GatewayError): AnthropicErrorType {
  return kind === 'upstream_quota_exhausted' && status === 402 ? 'billing_error' : TYPES[kind];
}

function ownBody(error: GatewayError, requestId: string): AnthropicErrorBody {
  const vendorCode = error.kind === 'upstream_auth_failed' ? undefined : error.upstream?.code;
  return {
    type: 'error',
    error: { type: typeOf(error), message: messageOf(error), details: { error_code: vendorCode ?? error.kind } },
    request_id: requestId,
  };
}

/** Anthropic's clients shorten their history when they read these words, whatever vendor has refused it. */
const CONTEXT_WORDS = 'prompt is too long';

function messageOf({ kind, message }: GatewayError): string {
  if (kind !== 'upstream_context_length' || message.toLowerCase().includes(CONTEXT_WORDS)) return message;
  return `${CONTEXT_WORDS}: ${message}`;
}

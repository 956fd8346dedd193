import type { GatewayError, GatewayErrorKind, JsonObject, SseFrame } from '@sluice/core';
import type { EncodedError } from '@sluice/translator-kit';
import { FORMAT } from './carried.js';
import { errorInfo, retryInfo } from './error-details.js';
import type { GeminiErrorBody, GoogleStatus } from './wire-types.js';

const STATUS: Readonly<Record<GatewayErrorKind, GoogleStatus>> = {
  invalid_request: 'INVALID_ARGUMENT',
  invalid_api_key: 'UNAUTHENTICATED',
  permission_denied: 'PERMISSION_DENIED',
  insufficient_quota: 'PERMISSION_DENIED',
  guardrail_blocked: 'PERMISSION_DENIED',
  not_found: 'NOT_FOUND',
  model_not_found: 'NOT_FOUND',
  method_not_allowed: 'INVALID_ARGUMENT',
  request_timeout: 'DEADLINE_EXCEEDED',
  request_too_large: 'INVALID_ARGUMENT',
  unsupported_media_type: 'INVALID_ARGUMENT',
  rate_limited: 'RESOURCE_EXHAUSTED',
  model_cooldown: 'RESOURCE_EXHAUSTED',
  client_closed: 'CANCELLED',
  internal_error: 'INTERNAL',
  unsupported_translation: 'UNIMPLEMENTED',
  no_account_available: 'UNAVAILABLE',
  shutting_down: 'UNAVAILABLE',
  upstream_invalid_request: 'INVALID_ARGUMENT',
  upstream_context_length: 'INVALID_ARGUMENT',
  upstream_not_found: 'NOT_FOUND',
  upstream_request_too_large: 'INVALID_ARGUMENT',
  upstream_rate_limited: 'RESOURCE_EXHAUSTED',
  upstream_quota_exhausted: 'RESOURCE_EXHAUSTED',
  upstream_auth_failed: 'UNAVAILABLE', // it is our key that was refused, not the client's
  upstream_overloaded: 'UNAVAILABLE',
  upstream_error: 'INTERNAL',
  upstream_unreachable: 'UNAVAILABLE',
  upstream_invalid_response: 'INTERNAL',
  upstream_truncated: 'INTERNAL',
  upstream_timed_out: 'DEADLINE_EXCEEDED',
  upstream_silent: 'DEADLINE_EXCEEDED',
};

/** Who gives the stable words. */
const DOMAIN = 'sluice';

/** A failure in Google's words: the vendor's own body where it spoke this format, else our envelope around its message. */
export function encodeError(error: GatewayError, requestId: string): EncodedError {
  return { status: error.status, body: vendorBody(error) ?? ownBody(error, requestId) };
}

/** After the first chunk: one last event, which the SDKs raise. */
export function encodeStreamError(error: GatewayError, requestId: string): readonly SseFrame[] {
  return [{ kind: 'sse', data: JSON.stringify(encodeError(error, requestId).body) }];
}

function vendorBody(error: GatewayError): JsonObject | undefined {
  if (error.kind === 'upstream_auth_failed') return undefined; // it speaks of our key, not of the client's
  const body = error.upstream?.body;
  return body?.format === FORMAT ? body.value : undefined;
}

function ownBody({ kind, status, message, retryAfterMs }: GatewayError, requestId: string): GeminiErrorBody {
  const info = { ...errorInfo(kind.toUpperCase(), DOMAIN), metadata: { requestId } };
  const details = retryAfterMs === undefined ? [info] : [info, retryInfo(retryAfterMs)];
  return { error: { code: status, message, status: STATUS[kind], details } };
}

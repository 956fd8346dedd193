import { gatewayErrorRow, type AnthropicErrorType, type GatewayError, type SseFrame } from '@sluice/core';
import { vendorErrorBody, vendorErrorCode, type EncodedError } from '@sluice/translator-kit';
import type { AnthropicErrorBody } from './wire-types.js';

/** A failure in Anthropic's words: the vendor's own body where it spoke this format, else our envelope around its message. */
export function encodeError(error: GatewayError, requestId: string): EncodedError {
  return { status: error.status, body: vendorErrorBody(error, 'anthropic-messages') ?? ownBody(error, requestId) };
}

/** After the first event: the `error` event, which the SDKs raise and after which they read nothing. */
export function encodeStreamError(error: GatewayError, requestId: string): readonly SseFrame[] {
  return [{ kind: 'sse', event: 'error', data: JSON.stringify(encodeError(error, requestId).body) }];
}

/** A vendor without credit says so with 429 or with 402, which has a word of its own. */
function typeOf({ kind, status }: GatewayError): AnthropicErrorType {
  return kind === 'upstream_quota_exhausted' && status === 402 ? 'billing_error' : gatewayErrorRow(kind).anthropic;
}

function ownBody(error: GatewayError, requestId: string): AnthropicErrorBody {
  return {
    type: 'error',
    error: {
      type: typeOf(error),
      message: messageOf(error),
      details: { error_code: vendorErrorCode(error) ?? error.kind },
    },
    request_id: requestId,
  };
}

/** Anthropic's clients shorten their history when they read these words, whatever vendor has refused it. */
const CONTEXT_WORDS = 'prompt is too long';

function messageOf(error: GatewayError): string {
  const { kind } = error;
  const message = error.message;
  if (kind !== 'upstream_context_length' || message.toLowerCase().includes(CONTEXT_WORDS)) return message;
  return `${CONTEXT_WORDS}: ${message}`;
}

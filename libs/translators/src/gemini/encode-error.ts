import { gatewayErrorRow, type GatewayError, type SseFrame } from '@sluice/core';
import { vendorErrorBody, type EncodedError } from '@sluice/translator-kit';
import { FORMAT } from './carried.js';
import { errorInfo, retryInfo } from './error-details.js';
import type { GeminiErrorBody } from './wire-types.js';

/** Who gives the stable words. */
const DOMAIN = 'sluice';

/** A failure in Google's words: the vendor's own body where it spoke this format, else our envelope around its message. */
export function encodeError(error: GatewayError, requestId: string): EncodedError {
  return { status: error.status, body: vendorErrorBody(error, FORMAT) ?? ownBody(error, requestId) };
}

/** After the first chunk: one last event, which the SDKs raise. */
export function encodeStreamError(error: GatewayError, requestId: string): readonly SseFrame[] {
  return [{ kind: 'sse', data: JSON.stringify(encodeError(error, requestId).body) }];
}

function ownBody(error: GatewayError, requestId: string): GeminiErrorBody {
  const { kind, status, retryAfterMs } = error;
  const info = { ...errorInfo(kind.toUpperCase(), DOMAIN), metadata: { requestId } };
  const details = retryAfterMs === undefined ? [info] : [info, retryInfo(retryAfterMs)];
  return { error: { code: status, message: error.message, status: gatewayErrorRow(kind).google, details } };
}

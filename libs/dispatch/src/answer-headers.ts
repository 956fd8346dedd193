import { gatewayErrorRow, type GatewayError, type WireHeaders } from '@sluice/core';
import { returnResponseHeaders } from '@sluice/provider-kit';
import type { AnswerHeaders } from './client-answer.js';
import type { Exchange } from './exchange.js';

const MS_PER_SECOND = 1000;
const DIAGNOSTICS_SCOPE = 'diagnostics';
const VISIBLE_ASCII = /^[\x21-\x7e]*$/;
/** `encodeURIComponent` throws on it, and a client's JSON may hold it. */
const LONE_SURROGATE = /[\uD800-\uDFFF]/gu;

/** The head of a successful answer: the vendor's headers that may travel, and what we say of the route. */
export function successHeaders(exchange: Exchange, upstream: WireHeaders, isStream: boolean): AnswerHeaders {
  return headersOfSuccess(exchange, upstream, isStream);
}

/** The head of a translated answer: the vendor's content type was its own. */
export function translatedHeaders(exchange: Exchange, upstream: WireHeaders, isStream: boolean): AnswerHeaders {
  const headers = headersOfSuccess(exchange, upstream, isStream);
  headers['content-type'] = isStream ? 'text/event-stream; charset=utf-8' : 'application/json';
  return headers;
}

function headersOfSuccess(
  exchange: Exchange,
  upstream: WireHeaders,
  isStream: boolean,
): Record<string, string | readonly string[]> {
  const headers = returnResponseHeaders(upstream);
  if (isStream) {
    headers['cache-control'] = 'no-cache';
    headers['x-accel-buffering'] = 'no';
  }
  addRouteHeaders(headers, exchange);
  return headers;
}

/** The head of an error. A vendor's own headers (rate limits, request id) are kept where the vendor's answer caused it. */
export function errorHeaders(
  exchange: Exchange,
  error: GatewayError,
  upstream: WireHeaders | undefined,
): AnswerHeaders {
  const headers: Record<string, string | readonly string[]> =
    upstream === undefined || error.upstream === undefined ? {} : returnResponseHeaders(upstream);
  headers['content-type'] = 'application/json';
  if (error.retryAfterMs !== undefined && gatewayErrorRow(error.kind).retryAfter) {
    headers['retry-after'] = String(Math.ceil(error.retryAfterMs / MS_PER_SECOND));
  }
  addRouteHeaders(headers, exchange);
  return headers;
}

function addRouteHeaders(headers: Record<string, string | readonly string[]>, exchange: Exchange): void {
  const { admission, attempt } = exchange;
  if (admission?.headers !== undefined) Object.assign(headers, admission.headers);
  if (exchange.attempts > 0) headers['x-sluice-attempts'] = String(exchange.attempts);
  if (exchange.warnings > 0) headers['x-sluice-warnings'] = String(exchange.warnings);
  if (attempt === undefined) return;
  if (attempt.upstreamModel !== undefined) headers['x-sluice-model'] = headerSafe(attempt.upstreamModel);
  if (exchange.principal?.scopes.has(DIAGNOSTICS_SCOPE) === true) headers['x-sluice-account'] = attempt.accountId;
}

/** Model names come from clients and files; a header may only hold visible ASCII. */
function headerSafe(value: string): string {
  return VISIBLE_ASCII.test(value) ? value : encodeURIComponent(value.replace(LONE_SURROGATE, '\uFFFD'));
}

import { GatewayError, type GatewayErrorKind, type JsonObject, type WireHeaders } from '@sluice/core';
import {
  errorKindOfStatus,
  excerptOf,
  objectMember,
  parseErrorBody,
  readErrorWords,
  textMember,
  upstreamError,
  wordsOfUnreadable,
  type ErrorWords,
} from '@sluice/translator-kit';
import { FORMAT } from './carried.js';
import { readErrorDetails, type ErrorFacts } from './error-details.js';

/** The HTTP status of Google's words, for an error inside a 200. @see https://ai.google.dev/gemini-api/docs/troubleshooting */
const HTTP_STATUS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    INVALID_ARGUMENT: 400,
    FAILED_PRECONDITION: 400,
    OUT_OF_RANGE: 400,
    UNAUTHENTICATED: 401,
    PERMISSION_DENIED: 403,
    NOT_FOUND: 404,
    ABORTED: 409,
    ALREADY_EXISTS: 409,
    RESOURCE_EXHAUSTED: 429,
    CANCELLED: 499,
    DATA_LOSS: 500,
    INTERNAL: 500,
    UNKNOWN: 500,
    UNIMPLEMENTED: 501,
    UNAVAILABLE: 503,
    DEADLINE_EXCEEDED: 504,
  }),
);
const DEFAULT_STATUS = 500;

/** A bad key is a bad argument to Google. */
const BAD_KEY_REASONS: ReadonlySet<string | undefined> = new Set(['API_KEY_INVALID', 'API_KEY_SERVICE_BLOCKED']);
const BAD_KEY_SENTENCE = /API key (?:not valid|expired|not found)/i;
const CONTEXT_SENTENCE = /exceeds the maximum number of tokens|input token count .* exceeds/i;

/** Reads an error answer of Google's. Never throws. */
export function decodeError(status: number, headers: WireHeaders, body: Buffer): GatewayError {
  const value = parseErrorBody(body);
  if (value === undefined) {
    const words = wordsOfUnreadable(status, body);
    return upstreamError({ kind: errorKindOfStatus(status), status, words, headers }, excerptOf(body));
  }
  return refusalOf(status, value, headers);
}

/** The error inside an answer with status 200, whole or as the last event of a stream. */
export function decodeAnswerError(body: JsonObject): GatewayError {
  const value = parseErrorBody(Buffer.from(JSON.stringify(body))) ?? {};
  const error = objectMember(value, 'error');
  const code = error?.['code'];
  const status =
    HTTP_STATUS.get(textMember(error, 'status') ?? '') ??
    (typeof code === 'number' && code >= 400 && code < 600 ? code : DEFAULT_STATUS);
  return refusalOf(status, value);
}

function refusalOf(status: number, value: JsonObject, headers?: WireHeaders): GatewayError {
  const facts = readErrorDetails(value);
  const type = textMember(objectMember(value, 'error'), 'status');
  const words: ErrorWords = {
    ...readErrorWords(value),
    ...(type !== undefined && { type }),
    ...(facts.reason !== undefined && { code: facts.reason }),
  };
  const error = upstreamError({
    kind: kindOf(status, words, facts),
    status,
    words,
    ...(isGoogleError(value) && { body: { format: FORMAT, value } }),
    ...(headers !== undefined && { headers }),
  });
  const { retryAfterMs } = facts;
  return retryAfterMs === undefined ? error : withRetryAfter(error, retryAfterMs);
}

function kindOf(
  status: number,
  { type, message = '' }: ErrorWords,
  { reason, isDailyQuota }: ErrorFacts,
): GatewayErrorKind {
  if (BAD_KEY_REASONS.has(reason) || BAD_KEY_SENTENCE.test(message)) return 'upstream_auth_failed';
  if (type === 'RESOURCE_EXHAUSTED' && isDailyQuota) return 'upstream_quota_exhausted';
  if (type === 'UNAVAILABLE') return 'upstream_overloaded';
  if (type === 'INVALID_ARGUMENT' && CONTEXT_SENTENCE.test(message)) return 'upstream_context_length';
  return errorKindOfStatus(status);
}

/** Only the format's own shape is worth showing to its clients as it came. */
function isGoogleError(value: JsonObject): boolean {
  const error = objectMember(value, 'error');
  return textMember(error, 'status') !== undefined && textMember(error, 'message') !== undefined;
}

function withRetryAfter(error: GatewayError, retryAfterMs: number): GatewayError {
  const { kind, message, param, upstream, cause } = error;
  return new GatewayError({
    kind,
    message,
    retryAfterMs,
    ...(param !== undefined && { param }),
    ...(upstream !== undefined && { upstream }),
    ...(cause !== undefined && { cause }),
  });
}

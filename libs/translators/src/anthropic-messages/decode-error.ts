import type { GatewayError, GatewayErrorKind, JsonObject, WireHeaders } from '@sluice/core';
import {
  errorKindOfStatus,
  excerptOf,
  objectMember,
  parseErrorBody,
  readErrorWords,
  requestIdIn,
  textMember,
  upstreamError,
  wordsOfUnreadable,
  type ErrorWords,
} from '@sluice/translator-kit';

/** The status that a type stands for when it comes inside a 200. @see https://platform.claude.com/docs/en/api/errors */
const STATUS_OF_TYPE: ReadonlyMap<string, number> = new Map(
  Object.entries({
    invalid_request_error: 400,
    authentication_error: 401,
    billing_error: 402,
    permission_error: 403,
    not_found_error: 404,
    conflict_error: 409,
    request_too_large: 413,
    rate_limit_error: 429,
    api_error: 500,
    timeout_error: 504,
    overloaded_error: 529,
  }),
);

/** Types that say more than the status beside them (capacity also comes as 500, an empty purse as 400). */
const KIND_OF_TYPE: ReadonlyMap<string, GatewayErrorKind> = new Map(
  Object.entries({
    billing_error: 'upstream_quota_exhausted',
    overloaded_error: 'upstream_overloaded',
    rate_limit_error: 'upstream_rate_limited',
    timeout_error: 'upstream_timed_out',
  }),
);

/** `details.error_code`s of a 429 that waiting a moment does not cure. */
const SPEND_LIMITS: ReadonlySet<string | undefined> = new Set([
  'contract_spend_limit_reached',
  'enforced_spend_limit_reached',
]);

const EMPTY_PURSE = /credit balance is too low/i;
const CONTEXT_SENTENCE = /prompt is too long|exceed(?:s|ed)? (?:the )?context (?:limit|window)/i;

/** What an error inside a 200 stands for when its type is not known. */
const DEFAULT_STATUS = 500;

/** Reads an error answer of Anthropic or of a vendor that follows it more or less. Never throws. */
export function decodeError(status: number, headers: WireHeaders, body: Buffer): GatewayError {
  const value = parseErrorBody(body);
  if (value === undefined) {
    const words = wordsOfUnreadable(status, body);
    return upstreamError({ kind: errorKindOfStatus(status), status, words, headers }, excerptOf(body));
  }
  return refusalOf(status, value, headers);
}

/** The error inside an answer with status 200: the data of an `error` event, or a body of type `error`. */
export function decodeAnswerError(body: JsonObject): GatewayError {
  const value = parseErrorBody(Buffer.from(JSON.stringify(body))) ?? {};
  const { type, numericCode = 0 } = readErrorWords(value);
  const isStatus = numericCode >= 400 && numericCode <= 599; // Google's, of models that it serves
  return refusalOf(STATUS_OF_TYPE.get(type ?? '') ?? (isStatus ? numericCode : DEFAULT_STATUS), value);
}

function refusalOf(status: number, value: JsonObject, headers?: WireHeaders): GatewayError {
  const errorCode = textMember(objectMember(objectMember(value, 'error'), 'details'), 'error_code');
  const words: ErrorWords = { ...readErrorWords(value), ...(errorCode === undefined ? {} : { code: errorCode }) };
  const requestId = requestIdIn(value);
  return upstreamError({
    kind: kindOfWords(words) ?? errorKindOfStatus(status),
    status,
    words,
    ...(isAnthropicErrorBody(value) ? { body: { format: 'anthropic-messages', value } } : {}),
    ...(headers === undefined ? {} : { headers }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}

/** Only the format's own shape is worth showing to its clients as it came. */
function isAnthropicErrorBody(value: JsonObject): boolean {
  const error = objectMember(value, 'error');
  return (
    value['type'] === 'error' && textMember(error, 'type') !== undefined && textMember(error, 'message') !== undefined
  );
}

function kindOfWords({ type, code, message = '' }: ErrorWords): GatewayErrorKind | undefined {
  if (SPEND_LIMITS.has(code) || EMPTY_PURSE.test(message)) return 'upstream_quota_exhausted';
  if (type === 'invalid_request_error' && CONTEXT_SENTENCE.test(message)) return 'upstream_context_length';
  return KIND_OF_TYPE.get(type ?? '');
}

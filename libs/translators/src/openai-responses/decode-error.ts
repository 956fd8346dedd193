import type { GatewayError, GatewayErrorKind, JsonObject, WireHeaders } from '@sluice/core';
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

interface WordRow {
  readonly kind: GatewayErrorKind;
  /** The status that the word stands for when it comes inside a 200. */
  readonly status: number;
}

const quota: WordRow = { kind: 'upstream_quota_exhausted', status: 429 };
const overloaded: WordRow = { kind: 'upstream_overloaded', status: 503 };
const refused: WordRow = { kind: 'upstream_invalid_request', status: 400 };

/**
 * Codes and types that say more than the status does.
 * @see https://platform.openai.com/docs/guides/error-codes/api-errors
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
const WORDS: ReadonlyMap<string, WordRow> = new Map(
  Object.entries({
    insufficient_quota: quota,
    billing_hard_limit_reached: quota,
    billing_not_active: quota,
    usage_limit_reached: quota, // a ChatGPT subscription
    context_length_exceeded: { kind: 'upstream_context_length', status: 400 },
    model_not_found: { kind: 'upstream_not_found', status: 404 },
    DeploymentNotFound: { kind: 'upstream_not_found', status: 404 }, // Azure
    server_is_overloaded: overloaded,
    slow_down: overloaded,
    overloaded_error: overloaded,
    invalid_prompt: refused,
    bio_policy: refused,
    cyber_policy: refused,
    data_residency_mismatch: refused,
    previous_response_not_found: refused,
    vector_store_timeout: { kind: 'upstream_timed_out', status: 504 },
  }),
);

/** Words that repeat a status: needed only where there is no status, inside a 200. */
const STATUS_OF_WORD: ReadonlyMap<string, number> = new Map(
  Object.entries({
    invalid_request: 400,
    invalid_request_error: 400,
    invalid_api_key: 401,
    authentication_error: 401,
    permission_error: 403,
    not_found_error: 404,
    rate_limit_exceeded: 429,
    rate_limit_error: 429,
    server_error: 500,
  }),
);

/** A dozen codes say what is wrong with a picture: `invalid_base64_image`, `image_too_large`, `failed_to_download_image` … */
const IMAGE_CODE = /(?:^|_)image(?:_|$)/;

/** What an error inside a 200 stands for when none of its words is known. */
const DEFAULT_STATUS = 500;

/** Reads an error answer of OpenAI or of a vendor that follows it more or less. Never throws. */
export function decodeError(status: number, headers: WireHeaders, body: Buffer): GatewayError {
  const value = parseErrorBody(body);
  if (value === undefined) {
    const words = wordsOfUnreadable(status, body);
    return upstreamError({ kind: errorKindOfStatus(status), status, words, headers }, excerptOf(body));
  }
  return refusalOf(status, value, headers);
}

/**
 * The failure that stands in an answer with status 200: a bare error body, or a response that failed or was cancelled.
 * Undefined for an ordinary response.
 */
export function findAnswerError(answer: JsonObject): GatewayError | undefined {
  const { status } = answer;
  if (objectMember(answer, 'error') !== undefined || textMember(answer, 'error') !== undefined) {
    return decodeAnswerError(answer);
  }
  if (status === 'failed') return decodeAnswerError({ error: { message: 'The vendor could not finish its answer.' } });
  if (status === 'cancelled') return decodeAnswerError({ error: { message: 'The vendor’s answer was cancelled.' } });
  return undefined;
}

/** The error of an `error` event: in OpenAI's envelope, as it is sent, or flat, as its types have it. */
export function decodeErrorEvent(event: JsonObject): GatewayError {
  if (objectMember(event, 'error') !== undefined) return decodeAnswerError(event);
  const { message, code, param } = event;
  return decodeAnswerError({ error: { message, code, param } });
}

/** The error that an error body stands for when no HTTP status came with it. */
function decodeAnswerError(body: JsonObject): GatewayError {
  const { error } = body;
  const value = parseErrorBody(Buffer.from(JSON.stringify({ error }))) ?? {};
  return refusalOf(statusOfWords(readErrorWords(value)), value);
}

function refusalOf(status: number, value: JsonObject, headers?: WireHeaders): GatewayError {
  const words = readErrorWords(value);
  return upstreamError({
    kind: rowOf(words)?.kind ?? errorKindOfStatus(status),
    status,
    words,
    ...(isOwnErrorBody(value) ? { body: { format: FORMAT, value } } : {}),
    ...(headers === undefined ? {} : { headers }),
  });
}

/** Only the format's own shape is worth showing to its clients as it came; what a failed response says has no type. */
function isOwnErrorBody(value: JsonObject): boolean {
  const error = objectMember(value, 'error');
  return textMember(error, 'message') !== undefined && error?.['type'] !== undefined;
}

function rowOf({ code = '', type = '' }: ErrorWords): WordRow | undefined {
  return WORDS.get(code) ?? WORDS.get(type) ?? (IMAGE_CODE.test(code) ? refused : undefined);
}

function statusOfWords(words: ErrorWords): number {
  const { code = '', type = '', numericCode } = words;
  if (numericCode !== undefined && numericCode >= 400 && numericCode <= 599) return numericCode;
  return rowOf(words)?.status ?? STATUS_OF_WORD.get(code) ?? STATUS_OF_WORD.get(type) ?? DEFAULT_STATUS;
}

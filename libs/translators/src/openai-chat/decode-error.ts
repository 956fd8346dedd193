import type { GatewayError, GatewayErrorKind, JsonObject, WireHeaders } from '@sluice/core';
import {
  errorKindOfStatus,
  excerptOf,
  objectMember,
  objectsMember,
  parseErrorBody,
  readErrorWords,
  textMember,
  upstreamError,
  wordsOfUnreadable,
  type ErrorWords,
} from '@sluice/translator-kit';

interface WordRow {
  readonly kind: GatewayErrorKind;
  /** The status that the word stands for when it comes inside a 200. */
  readonly status: number;
}

/**
 * Codes and types that say more than the status does.
 * @see https://platform.openai.com/docs/guides/error-codes/api-errors
 */
const WORDS: ReadonlyMap<string, WordRow> = new Map(
  Object.entries({
    insufficient_quota: { kind: 'upstream_quota_exhausted', status: 429 },
    billing_hard_limit_reached: { kind: 'upstream_quota_exhausted', status: 429 },
    billing_not_active: { kind: 'upstream_quota_exhausted', status: 429 },
    exceeded_current_quota_error: { kind: 'upstream_quota_exhausted', status: 429 }, // Moonshot
    context_length_exceeded: { kind: 'upstream_context_length', status: 400 },
    exceed_context_size_error: { kind: 'upstream_context_length', status: 400 }, // llama.cpp
    model_not_found: { kind: 'upstream_not_found', status: 404 },
    DeploymentNotFound: { kind: 'upstream_not_found', status: 404 }, // Azure
    server_is_overloaded: { kind: 'upstream_overloaded', status: 503 },
    slow_down: { kind: 'upstream_overloaded', status: 503 },
    overloaded_error: { kind: 'upstream_overloaded', status: 503 },
    engine_overloaded_error: { kind: 'upstream_overloaded', status: 503 }, // Moonshot
  }),
);

/** Words that repeat a status: needed only where there is no status, inside a 200. */
const STATUS_OF_WORD: ReadonlyMap<string, number> = new Map(
  Object.entries({
    invalid_request_error: 400,
    BadRequestError: 400, // vLLM
    invalid_api_key: 401,
    authentication_error: 401,
    permission_error: 403,
    not_found_error: 404,
    rate_limit_exceeded: 429,
    rate_limit_error: 429,
    requests: 429,
    tokens: 429,
    server_error: 500,
  }),
);

/** Servers without codes say it in a sentence (vLLM, SGLang, LM Studio). */
const CONTEXT_SENTENCE =
  /maximum context length|context (?:length|window|size)[^.]{0,60}exceed|exceeds?[^.]{0,60}context (?:length|window|size)/i;

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
 * The error that a vendor put into an answer with status 200, or undefined for an ordinary answer or chunk: a top-level
 * `error`, OpenRouter's `choices[].error`, or vLLM's `"object": "error"`.
 */
export function findAnswerError(answer: JsonObject): GatewayError | undefined {
  const found = errorBodyIn(answer);
  return found === undefined ? undefined : decodeAnswerError(found);
}

/** The error that an error body stands for when no HTTP status came with it. */
export function decodeAnswerError(body: JsonObject): GatewayError {
  const value = parseErrorBody(Buffer.from(JSON.stringify(body))) ?? {};
  return refusalOf(statusOfWords(readErrorWords(value)), value);
}

function refusalOf(status: number, value: JsonObject, headers?: WireHeaders): GatewayError {
  const words = readErrorWords(value);
  return upstreamError({
    kind: kindOfWords(status, words) ?? errorKindOfStatus(status),
    status,
    words,
    ...(isChatErrorBody(value) ? { body: { format: 'openai-chat', value } } : {}),
    ...(headers === undefined ? {} : { headers }),
  });
}

function errorBodyIn(answer: JsonObject): JsonObject | undefined {
  const error = objectMember(answer, 'error');
  if (error !== undefined) return { error };
  if (textMember(answer, 'error') !== undefined || answer['object'] === 'error') return answer;
  for (const choice of objectsMember(answer, 'choices')) {
    const choiceError = objectMember(choice, 'error');
    if (choiceError !== undefined) return { error: choiceError };
  }
  return undefined;
}

/** Only the format's own shape is worth showing to its clients as it came. */
function isChatErrorBody(value: JsonObject): boolean {
  return textMember(objectMember(value, 'error'), 'message') !== undefined;
}

function kindOfWords(status: number, words: ErrorWords): GatewayErrorKind | undefined {
  const row = WORDS.get(words.code ?? '') ?? WORDS.get(words.type ?? '');
  if (row !== undefined) return row.kind;
  const isRefusedRequest = status === 400 || status === 413 || status === 422;
  if (isRefusedRequest && CONTEXT_SENTENCE.test(words.message ?? '')) return 'upstream_context_length';
  return undefined;
}

function statusOfWords({ code, type, numericCode }: ErrorWords): number {
  if (numericCode !== undefined && numericCode >= 400 && numericCode <= 599) return numericCode; // OpenRouter, vLLM
  const [byCode, byType] = [code ?? '', type ?? ''];
  return (
    WORDS.get(byCode)?.status ??
    WORDS.get(byType)?.status ??
    STATUS_OF_WORD.get(byCode) ??
    STATUS_OF_WORD.get(byType) ??
    DEFAULT_STATUS
  );
}

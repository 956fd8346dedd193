import type { FormatId, GatewayError, GatewayErrorKind, JsonObject, SseFrame, WireHeaders } from '@sluice/core';
import { errorKindOfStatus } from './error-kind-of-status.js';
import { parseErrorBody, readErrorWords, type ErrorWords } from './error-words.js';
import { objectMember, textMember } from './json-members.js';
import { encodeOpenAiError } from './openai-error-body.js';
import { excerptOf, upstreamError, wordsOfUnreadable } from './upstream-error.js';
import type { EncodedError } from './wire-format.js';

/** The end of every OpenAI stream. */
const DONE = '[DONE]';
/** What an error inside a 200 stands for when nothing in it says so. */
const DEFAULT_STATUS = 500;

/** Codes and types of vendors that say more than a status does. */
const KINDS: ReadonlyMap<string, GatewayErrorKind> = new Map(
  Object.entries({
    insufficient_quota: 'upstream_quota_exhausted',
    billing_hard_limit_reached: 'upstream_quota_exhausted',
    context_length_exceeded: 'upstream_context_length',
    model_not_found: 'upstream_not_found',
    server_is_overloaded: 'upstream_overloaded',
    slow_down: 'upstream_overloaded',
  }),
);

/** The errors of OpenAI's smaller formats. */
export interface OpenAiErrors {
  encodeError(error: GatewayError): EncodedError;
  encodeStreamError(error: GatewayError): readonly SseFrame[];
  /** Never throws. */
  decodeError(status: number, headers: WireHeaders, body: Buffer): GatewayError;
  /** The error that a vendor put into an answer with status 200. */
  findAnswerError(answer: JsonObject): GatewayError | undefined;
}

/**
 * One envelope for all of OpenAI's paths: `{"error":{"message","type","param","code"}}`. A vendor's own body is shown to
 * clients of `format` as it came.
 * @see https://platform.openai.com/docs/guides/error-codes/api-errors
 */
export function openAiErrors(format: FormatId): OpenAiErrors {
  const encodeError = (error: GatewayError): EncodedError => encodeOpenAiError(error, format);
  return {
    encodeError,
    encodeStreamError: (error) => [
      { kind: 'sse', data: JSON.stringify(encodeError(error).body) },
      { kind: 'sse', data: DONE },
    ],
    decodeError: (status, headers, body) => {
      const value = parseErrorBody(body);
      if (value !== undefined) return refusal({ format, status, value, headers });
      const words = wordsOfUnreadable(status, body);
      return upstreamError({ kind: errorKindOfStatus(status), status, words, headers }, excerptOf(body));
    },
    findAnswerError: (answer) => {
      const error = objectMember(answer, 'error');
      if (error === undefined) return undefined;
      const value = parseErrorBody(Buffer.from(JSON.stringify({ error }))) ?? {};
      return refusal({ format, status: statusOf(readErrorWords(value)), value });
    },
  };
}

interface Refusal {
  readonly format: FormatId;
  readonly status: number;
  readonly value: JsonObject;
  readonly headers?: WireHeaders;
}

function refusal({ format, status, value, headers }: Refusal): GatewayError {
  const words = readErrorWords(value);
  const kind = KINDS.get(words.code ?? '') ?? KINDS.get(words.type ?? '') ?? errorKindOfStatus(status);
  const isOwnShape = textMember(objectMember(value, 'error'), 'message') !== undefined;
  return upstreamError({
    kind,
    status,
    words,
    ...(isOwnShape && { body: { format, value } }),
    ...(headers !== undefined && { headers }),
  });
}

function statusOf({ numericCode }: ErrorWords): number {
  return numericCode !== undefined && numericCode >= 400 && numericCode <= 599 ? numericCode : DEFAULT_STATUS;
}

import {
  GatewayError,
  headerValue,
  redactText,
  type FormatId,
  type GatewayErrorKind,
  type JsonObject,
  type WireHeaders,
} from '@sluice/core';
import type { ErrorWords } from './error-words.js';
import { textMember } from './json-members.js';

/** How much of an answer that we cannot read goes to the log. */
const MAX_EXCERPT_CHARS = 512;

/** Where vendors say which of their requests it was, best first. */
const REQUEST_ID_HEADERS = ['x-request-id', 'request-id', 'x-amzn-requestid', 'cf-ray'] as const;

export interface UpstreamRefusal {
  readonly kind: GatewayErrorKind;
  /** The vendor's HTTP status, or the one that an error inside a 200 stands for. */
  readonly status: number;
  readonly words: ErrorWords;
  /** The parsed body, where it is an error of `format`: clients of that format see it as it came. */
  readonly body?: { readonly format: FormatId; readonly value: JsonObject };
  readonly headers?: WireHeaders;
  /** A request id that stood in the body. */
  readonly requestId?: string;
}

/** The error that a vendor's refusal becomes. Its message is the vendor's own, or a sentence with the status. */
export function upstreamError(refusal: UpstreamRefusal, cause?: unknown): GatewayError {
  const { kind, status, words, body } = refusal;
  const message = words.message ?? `The vendor answered with status ${status} and gave no reason.`;
  const requestId = refusal.requestId ?? requestIdOf(refusal.headers);
  return new GatewayError({
    kind,
    message,
    ...(words.param === undefined ? {} : { param: words.param }),
    ...(cause === undefined ? {} : { cause }),
    upstream: {
      status,
      message,
      ...(words.type === undefined ? {} : { type: words.type }),
      ...(words.code === undefined ? {} : { code: words.code }),
      ...(words.param === undefined ? {} : { param: words.param }),
      ...(requestId === undefined ? {} : { requestId }),
      ...(body === undefined ? {} : { body }),
    },
  });
}

/** The words for an error body that is HTML, text or nothing. The body itself goes to the log only (see `excerptOf`). */
export function wordsOfUnreadable(status: number, body: Buffer): ErrorWords {
  return {
    message:
      body.length === 0
        ? `The vendor answered with status ${status} and an empty body.`
        : `The vendor answered with status ${status} and a body that is not JSON.`,
  };
}

/** The beginning of a body for our own log, with secrets masked. Undefined when there is nothing to show. */
export function excerptOf(body: Buffer): string | undefined {
  if (body.length === 0) return undefined;
  return redactText(body.toString('utf8', 0, MAX_EXCERPT_CHARS));
}

/** The failure of an answer that its format does not allow. `reason` is a sentence without any of the answer's content. */
export function invalidResponse(reason: string, cause?: unknown): GatewayError {
  return new GatewayError({
    kind: 'upstream_invalid_response',
    message: reason,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The request id in a JSON error body (Anthropic), or undefined. */
export function requestIdIn(body: JsonObject): string | undefined {
  return textMember(body, 'request_id');
}

function requestIdOf(headers: WireHeaders | undefined): string | undefined {
  if (headers === undefined) return undefined;
  for (const name of REQUEST_ID_HEADERS) {
    const value = headerValue(headers, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

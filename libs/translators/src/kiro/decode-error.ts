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
  type UpstreamRefusal,
} from '@sluice/translator-kit';
import { EXCEPTIONS, REASONS, rowOfSentence, type ReasonRow } from './error-reasons.js';

/** A failure that says nothing known inside a 200. */
const DEFAULT_STATUS = 500;

/** Proxies in front of the service: it did not answer in time. */
const GATEWAY_TIMEOUT_STATUS = 524;

/** Reads an error answer: its reason first, its words and its exception next, its status last. Never throws. */
export function decodeError(status: number, headers: WireHeaders, body: Buffer): GatewayError {
  const value = parseErrorBody(body);
  if (value !== undefined) return refusalOf({ value, exception: exceptionIn(value), status, headers });
  const row = rowOfText(excerptOf(body) ?? '');
  const refusal = { words: wordsOfUnreadable(status, body), headers, ...kindAndStatus(row, status) };
  return upstreamError(refusal, excerptOf(body));
}

/**
 * The failure that a frame of a 200 stands for.
 * @param exception the name of the exception or error; its status is the one that it stands for
 * @param body the frame's payload
 */
export function decodeFrameError(exception: string | undefined, body: JsonObject): GatewayError {
  const value = parseErrorBody(Buffer.from(JSON.stringify(body))) ?? {};
  return refusalOf({ value, exception: exception ?? exceptionIn(value) });
}

/** The exception that a body names, without its namespace: `com.amazon.…#ThrottlingException`. */
export function exceptionIn(body: JsonObject): string | undefined {
  const type = textMember(body, '__type') ?? textMember(body, '_type');
  return type?.slice(type.lastIndexOf('#') + 1);
}

interface Refusal {
  readonly value: JsonObject;
  readonly exception: string | undefined;
  /** Absent inside a 200. */
  readonly status?: number;
  readonly headers?: WireHeaders;
}

function refusalOf({ value, exception, status, headers }: Refusal): GatewayError {
  const { message = textMember(value, 'Message') } = readErrorWords(value);
  const reason = textMember(value, 'reason') ?? textMember(objectMember(value, 'error'), 'reason');
  const row = rowOf({ reason, exception, message });
  const words: ErrorWords = {
    ...sentenceOf(reason, message),
    ...(reason === undefined ? {} : { code: reason }),
    ...(exception === undefined ? {} : { type: exception }),
  };
  return upstreamError({
    words,
    ...kindAndStatus(row, status ?? row?.status ?? DEFAULT_STATUS),
    ...(headers === undefined ? {} : { headers }),
  });
}

function rowOf(said: {
  readonly reason: string | undefined;
  readonly exception: string | undefined;
  readonly message: string | undefined;
}): ReasonRow | undefined {
  return REASONS.get(said.reason ?? '') ?? rowOfSentence(said.message ?? '') ?? EXCEPTIONS.get(said.exception ?? '');
}

/** A body that is not JSON may still name a reason; in a JSON body a reason in a sentence is only talked about. */
function rowOfText(text: string): ReasonRow | undefined {
  for (const [reason, row] of REASONS) if (text.includes(reason)) return row;
  return rowOfSentence(text);
}

/**
 * Where the words say something else than the status, their status counts: a wrong request also comes as a 5xx, and a quota
 * as 400, 402 or 429, which clients are told as one.
 */
function kindAndStatus(row: ReasonRow | undefined, status: number): Pick<UpstreamRefusal, 'kind' | 'status'> {
  const kind = kindOfStatus(status);
  if (row === undefined) return { kind, status };
  const isRepeated = row.kind === kind && kind !== 'upstream_quota_exhausted';
  return isRepeated ? { kind, status } : { kind: row.kind, status: row.status };
}

/** The vendor's own words stay inside: agents recognise a full context by them. */
function sentenceOf(reason: string | undefined, message: string | undefined): ErrorWords {
  if (reason === undefined) return message === undefined ? {} : { message };
  const sentence = REASONS.get(reason)?.sentence;
  if (sentence === undefined)
    return { message: message === undefined ? `Reason: ${reason}.` : `${message} (reason: ${reason})` };
  const upstream = message === undefined ? '' : `; upstream: ${message}`;
  return { message: `${sentence} (reason: ${reason}${upstream})` };
}

function kindOfStatus(status: number): GatewayErrorKind {
  return status === GATEWAY_TIMEOUT_STATUS ? 'upstream_timed_out' : errorKindOfStatus(status);
}

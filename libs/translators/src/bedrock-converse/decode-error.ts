import { headerValue, type GatewayError, type JsonObject, type WireHeaders } from '@sluice/core';
import {
  errorKindOfStatus,
  excerptOf,
  parseErrorBody,
  readErrorWords,
  textMember,
  upstreamError,
  wordsOfUnreadable,
} from '@sluice/translator-kit';
import { exceptionName, kindOfSentence, rowOfException } from './exceptions.js';

/** A failure that says nothing known inside a 200. */
const DEFAULT_STATUS = 500;

const EXCEPTION_HEADER = 'x-amzn-errortype';

/** Reads an error answer: its words first, its exception next, its status last. Never throws. */
export function decodeError(status: number, headers: WireHeaders, body: Buffer): GatewayError {
  const value = parseErrorBody(body);
  const named = headerValue(headers, EXCEPTION_HEADER) ?? textMember(value, '__type');
  const exception = named === undefined ? undefined : exceptionName(named);
  if (value !== undefined) return refusal({ value, exception, status, headers });
  const words = { ...wordsOfUnreadable(status, body), ...(exception === undefined ? {} : { type: exception }) };
  const kind = rowOfException(exception)?.kind ?? errorKindOfStatus(status);
  return upstreamError({ kind, status, words, headers }, excerptOf(body));
}

/** The failure that a frame of a 200 stands for. @param name the exception; its status is the one that it stands for */
export function decodeFrameError(name: string | undefined, body: JsonObject): GatewayError {
  const value = parseErrorBody(Buffer.from(JSON.stringify(body))) ?? {}; // masks secrets
  return refusal({ value, exception: name === undefined ? undefined : exceptionName(name) });
}

interface Refusal {
  readonly value: JsonObject;
  readonly exception: string | undefined;
  /** Absent inside a 200. */
  readonly status?: number;
  readonly headers?: WireHeaders;
}

function refusal({ value, exception, status, headers }: Refusal): GatewayError {
  const row = rowOfException(exception);
  const { message = textMember(value, 'Message') } = readErrorWords(value);
  const assumed = status ?? row?.status ?? DEFAULT_STATUS;
  return upstreamError({
    kind: kindOfSentence(message) ?? row?.kind ?? errorKindOfStatus(assumed),
    status: assumed,
    words: { ...(message === undefined ? {} : { message }), ...(exception === undefined ? {} : { type: exception }) },
    ...(headers === undefined ? {} : { headers }),
  });
}

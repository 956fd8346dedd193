import { isJsonObject, redactText, type JsonObject, type JsonValue } from '@sluice/core';
import { withoutByteOrderMark } from './byte-order-mark.js';
import { objectMember, objectsMember, textMember } from './json-members.js';

/** Larger error bodies are not read: no vendor writes them, and they would be kept for the log. */
export const MAX_ERROR_BODY_BYTES = 64 * 1024;

/** A vendor's sentence is cut here; validators list every wrong member of a large request. */
export const MAX_ERROR_MESSAGE_CHARS = 4096;

/** What a vendor said when it refused, whatever shape it chose. */
export interface ErrorWords {
  readonly message?: string;
  readonly type?: string;
  /** A stable word. Numbers are kept apart: they repeat the status. */
  readonly code?: string;
  readonly numericCode?: number;
  readonly param?: string;
}

/**
 * The error body as a JSON object with secrets masked; undefined for HTML, text, nothing, or too much. Some vendors wrap
 * their one error in an array.
 */
export function parseErrorBody(body: Buffer): JsonObject | undefined {
  if (body.length > MAX_ERROR_BODY_BYTES) return undefined;
  try {
    const value: unknown = JSON.parse(withoutByteOrderMark(body).toString(), redacted);
    const single: unknown = Array.isArray(value) ? value[0] : value;
    return isJsonObject(single) ? single : undefined;
  } catch {
    return undefined; // not JSON: the status has to say it
  }
}

/**
 * Reads the shapes that vendors really send:
 *
 * ```text
 * {"error":{"message","type","code","param"}}       OpenAI, Anthropic, Google and most others
 * {"error":"sentence","code":"…"}                   xAI, Ollama
 * {"object":"error","message","type","code":400}    older vLLM
 * {"object":"error","message":{"detail":[…]},"type"}           Mistral, where a member is wrong
 * {"detail":"sentence"} · {"detail":[{"loc","msg","type"}]}    FastAPI
 * {"message":"sentence"} · {"errors":[{"message","code"}]}     gateways and edges
 * ```
 */
export function readErrorWords(body: JsonObject): ErrorWords {
  const nested = objectMember(body, 'error');
  if (nested !== undefined) return wordsOf(nested);
  const sentence = textMember(body, 'error');
  if (sentence !== undefined) return { ...wordsOf(body), message: cut(sentence) };
  const detail = objectMember(body, 'detail') ?? objectsMember(body, 'errors')[0];
  if (detail !== undefined) return wordsOf(detail);
  return { ...wordsOf(body), ...wordsOfDetail(body['detail'] ?? objectMember(body, 'message')?.['detail']) };
}

function wordsOf(error: JsonObject): ErrorWords {
  const message = textMember(error, 'message');
  const type = textMember(error, 'type');
  const code = textMember(error, 'code');
  const numericCode = error['code'];
  const param = textMember(error, 'param');
  return {
    ...(message === undefined ? {} : { message: cut(message) }),
    ...(type === undefined ? {} : { type }),
    ...(code === undefined ? {} : { code }),
    ...(typeof numericCode === 'number' ? { numericCode } : {}),
    ...(param === undefined ? {} : { param }),
  };
}

/** FastAPI: a sentence, or one entry per wrong member with its path. */
function wordsOfDetail(detail: JsonValue | undefined): ErrorWords {
  if (typeof detail === 'string' && detail !== '') return { message: cut(detail) };
  const first = objectsMember({ detail }, 'detail')[0];
  const message = textMember(first, 'msg');
  if (first === undefined || message === undefined) return {};
  const location = first['loc'];
  if (!Array.isArray(location)) return { message: cut(message) };
  const param = location.filter((step) => step !== 'body').join('.');
  return param === '' ? { message: cut(message) } : { message: cut(`${param}: ${message}`), param };
}

/** Vendors repeat keys in their refusals ("Incorrect API key provided: …"). */
function redacted(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? redactText(value) : value;
}

function cut(message: string): string {
  return message.length <= MAX_ERROR_MESSAGE_CHARS ? message : `${message.slice(0, MAX_ERROR_MESSAGE_CHARS)}…`;
}

import { validateHeaderName, validateHeaderValue } from 'node:http';
import { isJsonObject } from '@sluice/core';
import type { MockBehaviour } from './behaviour.js';

const MAX_DELAY_MS = 600_000;
const MAX_CHUNKS = 100_000;
const MAX_CHUNK_BYTES = 1024 * 1024;
const MIN_STATUS = 200;
const MAX_STATUS = 599;

/** A behaviour that a request asked for and that does not exist. Its message says what is allowed. */
export class BehaviourError extends Error {
  override readonly name = 'BehaviourError';
}

type RequestedBehaviour = Omit<MockBehaviour, 'replay'>;
type Reader<Key extends keyof RequestedBehaviour> = (text: string, key: string) => NonNullable<MockBehaviour[Key]>;

const asText = (text: string): string => text;

const asCount =
  (min: number, max: number) =>
  (text: string, key: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max) {
      throw new BehaviourError(`${key} must be a whole number from ${min} to ${max}, not "${text}"`);
    }
    return value;
  };

const asFlag = (text: string, key: string): boolean => {
  if (text === '' || text === 'true') return true;
  if (text === 'false') return false;
  throw new BehaviourError(`${key} must be true or false, not "${text}"`);
};

const asMoment = (text: string, key: string): 'before' | 'after' => {
  if (text === 'before' || text === 'after') return text;
  throw new BehaviourError(`${key} must be before or after, not "${text}"`);
};

/** Node refuses to send some characters; said here, it is an answer and not a crash. */
const asHeaderValue = (text: string, name: string): string => {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, text);
  } catch {
    throw new BehaviourError(`${JSON.stringify(name)} cannot be sent as a header with this value`);
  }
  return text;
};

const asHeaders = (text: string, key: string): Readonly<Record<string, string>> => {
  const value = parseJson(text, key);
  if (!isJsonObject(value)) throw new BehaviourError(`${key} must be a JSON object`);
  return Object.fromEntries(
    Object.entries(value).map(([name, content]) => [name, asHeaderValue(String(content), name)]),
  );
};

const READERS: { readonly [Key in keyof RequestedBehaviour]-?: Reader<Key> } = {
  status: asCount(MIN_STATUS, MAX_STATUS),
  message: asText,
  code: asText,
  retryAfter: asHeaderValue,
  headers: asHeaders,
  contentType: asHeaderValue,
  body: asText,
  text: asText,
  delayMs: asCount(0, MAX_DELAY_MS),
  chunkDelayMs: asCount(0, MAX_DELAY_MS),
  chunks: asCount(1, MAX_CHUNKS),
  chunkBytes: asCount(1, MAX_CHUNK_BYTES),
  stamp: asFlag,
  resetBeforeHead: asFlag,
  resetAfterChunks: asCount(0, MAX_CHUNKS),
  hang: asFlag,
  hangAfterChunks: asCount(0, MAX_CHUNKS),
  truncate: asFlag,
  invalidSse: asFlag,
  errorInStream: asMoment,
};

/**
 * Reads the `x-mock` header: a JSON object, or `key=value` pairs with commas between (a key alone is true; values may be
 * percent-encoded).
 * @throws BehaviourError for an unknown key or a value out of range
 */
export function readBehaviourHeader(text: string): MockBehaviour {
  if (!text.trimStart().startsWith('{')) {
    return readPairs(
      text
        .split(',')
        .map((pair) => pair.trim())
        .join('&'),
    );
  }
  const value = parseJson(text, 'x-mock');
  if (!isJsonObject(value)) throw new BehaviourError('x-mock must be a JSON object or key=value pairs');
  return readEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      typeof member === 'object' ? JSON.stringify(member) : String(member),
    ]),
  );
}

/**
 * Splits a model name from the behaviour behind its question mark: `demo?status=429&retryAfter=7`. Gateways forward the
 * model and drop headers they do not know, so this form reaches the mock through them.
 * @throws BehaviourError for an unknown key or a value out of range
 */
export function splitModel(name: string): { model: string; behaviour: MockBehaviour } {
  const mark = name.indexOf('?');
  if (mark < 0) return { model: name, behaviour: {} };
  return { model: name.slice(0, mark), behaviour: readPairs(name.slice(mark + 1)) };
}

/** Reads `key=value` pairs with ampersands between, as in a query. @throws BehaviourError */
export function readPairs(pairs: string): MockBehaviour {
  return readEntries([...new URLSearchParams(pairs)]);
}

function readEntries(entries: readonly (readonly [string, string])[]): MockBehaviour {
  const behaviour: Record<string, unknown> = {};
  for (const [key, text] of entries) {
    const read = Object.hasOwn(READERS, key) ? READERS[key as keyof RequestedBehaviour] : undefined;
    if (read === undefined) {
      throw new BehaviourError(`unknown behaviour "${key}"; known are ${Object.keys(READERS).join(', ')}`);
    }
    behaviour[key] = read(text, key);
  }
  return behaviour; // each member was made by the reader of its own key
}

function parseJson(text: string, key: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BehaviourError(`${key} is not valid JSON`);
  }
}

import type { BinaryFrame, BinaryHeaderValue } from '@sluice/core';
import { EventStreamError } from './event-stream-error.js';
import type { EventStreamHeader } from './header.js';

/** The largest distance from 1970 that a `Date` can have, in milliseconds. */
const MAX_DATE_MS = 8_640_000_000_000_000n;
const MIN_INT32 = -(2 ** 31);
const MAX_INT32 = 2 ** 31 - 1;

/** Headers by name, without their types. A timestamp is a `Date`, or its milliseconds where a `Date` cannot hold them. */
export function toHeaderRecord(headers: readonly EventStreamHeader[]): BinaryFrame['headers'] {
  const record = Object.create(null) as Record<string, BinaryHeaderValue>; // a header may be called __proto__
  for (const header of headers) record[header.name] = plainValue(header);
  return Object.freeze(record);
}

/**
 * Types for headers that have none: text is a `string`, a number an `integer`, a bigint a `long`, bytes a `byte-array`, a
 * `Date` a `timestamp`. What came from a decoder keeps its types in `typedHeaders` and needs no guess.
 * @throws EventStreamError `header-value` for a number that is not a whole one of 32 bits, or an invalid `Date`
 */
export function inferHeaders(record: BinaryFrame['headers']): EventStreamHeader[] {
  return Object.entries(record).map(([name, value]) => inferHeader(name, value));
}

function plainValue(header: EventStreamHeader): BinaryHeaderValue {
  if (header.type !== 'timestamp') return header.value;
  const { value } = header;
  return value >= -MAX_DATE_MS && value <= MAX_DATE_MS ? new Date(Number(value)) : value;
}

function inferHeader(name: string, value: BinaryHeaderValue): EventStreamHeader {
  if (typeof value === 'boolean') return { name, type: 'boolean', value };
  if (typeof value === 'string') return { name, type: 'string', value };
  if (typeof value === 'bigint') return { name, type: 'long', value };
  if (typeof value === 'number') {
    if (Number.isInteger(value) && value >= MIN_INT32 && value <= MAX_INT32) return { name, type: 'integer', value };
    throw new EventStreamError('header-value', `the header ${name} is not a whole number of 32 bits; give a bigint`);
  }
  if (value instanceof Uint8Array) return { name, type: 'byte-array', value };
  const time = value.getTime();
  if (Number.isNaN(time)) throw new EventStreamError('header-value', `the header ${name} is an invalid date`);
  return { name, type: 'timestamp', value: BigInt(time) };
}

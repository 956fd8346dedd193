import { z } from 'zod';

export interface Range {
  readonly min: number;
  readonly max: number;
  /** `milliseconds`; absent = a plain count. */
  readonly unit?: string;
}

const HOUR_MS = 3_600_000;

/** A whole number; text with digits counts, because that is what a variable gives. */
export function wholeNumber({ min, max, unit }: Range) {
  const number = z.preprocess(numberFromText, z.int().min(min).max(max));
  return number.meta({ type: `a whole number${unit === undefined ? '' : ` of ${unit}`}, ${min} to ${max}` });
}

/** A wait in milliseconds, at most an hour. */
export function milliseconds(min = 1) {
  return wholeNumber({ min, max: HOUR_MS, unit: 'milliseconds' });
}

/** A number; text with digits counts. */
export function decimalNumber({ min, max }: Range) {
  return z.preprocess(numberFromText, z.number().min(min).max(max)).meta({ type: `a number, ${min} to ${max}` });
}

/** `true` or `false`; the same words as text count, because that is what a variable gives. */
export function flag() {
  return z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean());
}

const UNIT_BYTES: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1_000,
  MB: 1_000_000,
  GB: 1_000_000_000,
  KiB: 1_024,
  MiB: 1_048_576,
  GiB: 1_073_741_824,
};
const SIZE = /^(\d+(?:\.\d+)?) ?([KMG]i?B|B)$/;

/** A number of bytes, or text with a unit: `32MiB`, `500 KB`. */
export function byteSize({ min, max }: Range) {
  return z
    .preprocess(bytesFromText, z.int().min(min).max(max))
    .meta({ type: `a number of bytes or a size such as 32MiB, from ${min} to ${max} bytes` });
}

function numberFromText(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

function bytesFromText(value: unknown): unknown {
  const [, count, unit] = typeof value === 'string' ? (SIZE.exec(value) ?? []) : [];
  if (count === undefined || unit === undefined) return numberFromText(value);
  return Math.floor(Number(count) * (UNIT_BYTES[unit] ?? 1));
}

import { MAX_RETRY_AFTER_MS } from './retry-after.js';

const UNIT_MS: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
};
const DURATION = /^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|us|µs|d|h|m|s))+$/;
const DURATION_PART = /(\d+(?:\.\d+)?)(ms|us|µs|d|h|m|s)/g;
const NUMBER = /^\d{1,15}(?:\.\d{1,9})?$/;
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
/** A larger plain number is a date in seconds since the epoch, not a time to wait (30 years). */
const FIRST_EPOCH_S = 1_000_000_000;
/** And a larger one still a date in milliseconds. */
const FIRST_EPOCH_MS = 1_000_000_000_000;

/**
 * How long until a limit is reset, from the spellings that vendors use: a duration as Go writes it (`6m0s`, `2m59.56s`, `20ms`),
 * a timestamp (RFC 3339), seconds or milliseconds since the epoch, or plain seconds from now.
 * @returns 0 to `MAX_RETRY_AFTER_MS`; undefined where nothing readable is said
 */
export function resetAfterMs(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim();
  if (text === undefined || text === '') return undefined;
  const afterMs = read(text, nowMs);
  return afterMs === undefined || Number.isNaN(afterMs)
    ? undefined
    : Math.ceil(Math.min(Math.max(afterMs, 0), MAX_RETRY_AFTER_MS));
}

function read(text: string, nowMs: number): number | undefined {
  if (NUMBER.test(text)) {
    const number = Number(text);
    if (number >= FIRST_EPOCH_MS) return number - nowMs;
    return number >= FIRST_EPOCH_S ? number * 1_000 - nowMs : number * 1_000;
  }
  if (TIMESTAMP.test(text)) return Date.parse(text) - nowMs;
  if (!DURATION.test(text)) return undefined;
  let sumMs = 0;
  for (const [, count, unit = ''] of text.matchAll(DURATION_PART)) sumMs += Number(count) * (UNIT_MS[unit] ?? 0);
  return sumMs;
}

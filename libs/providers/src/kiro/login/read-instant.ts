/** More digits of a second than a clock of ours has. */
const FRACTION = /(\.\d{3})\d+/;
/** Smaller numbers are seconds: in milliseconds they would lie in 1970. */
const MIN_MS = 100_000_000_000;
const MS_PER_SECOND = 1000;

/** An instant as stores write it: RFC 3339 with up to nanoseconds, Unix seconds or milliseconds. Undefined = none of these. */
export function readInstant(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) {
    return value < MIN_MS ? Math.round(value * MS_PER_SECOND) : value;
  }
  if (typeof value !== 'string') return undefined;
  const ms = Date.parse(value.trim().replace(FRACTION, '$1'));
  return Number.isNaN(ms) ? undefined : ms;
}

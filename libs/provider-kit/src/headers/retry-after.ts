import { headerValue, type WireHeaders } from '@sluice/core';

/** No vendor's wish is honoured for longer. */
export const MAX_RETRY_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

const MS_PER_SECOND = 1000;
/** In order of precision: the exact ones first. */
const MILLISECOND_HEADERS = ['retry-after-ms', 'x-ms-retry-after-ms'] as const;
const DECIMAL = /^\d{1,15}(\.\d{1,9})?$/;
/** Every form of HTTP date ends so, or begins with the day; anything looser would accept garbage. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d{2}:\d{2}:\d{2}/;

/**
 * How long a vendor asks us to stay away: `retry-after-ms`, `x-ms-retry-after-ms`, then `retry-after` in seconds or as a date.
 * @param nowMs for a date; milliseconds since the epoch
 * @returns 0 to {@link MAX_RETRY_AFTER_MS}; undefined where nothing readable is said
 */
export function retryAfterMs(headers: WireHeaders, nowMs: number): number | undefined {
  for (const name of MILLISECOND_HEADERS) {
    const value = headerValue(headers, name)?.trim();
    if (value !== undefined && DECIMAL.test(value)) return clamp(Number(value));
  }
  const value = headerValue(headers, 'retry-after')?.trim();
  if (value === undefined) return undefined;
  if (DECIMAL.test(value)) return clamp(Number(value) * MS_PER_SECOND);
  if (!HTTP_DATE.test(value)) return undefined;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? undefined : clamp(dateMs - nowMs);
}

function clamp(ms: number): number {
  return Math.round(Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS));
}

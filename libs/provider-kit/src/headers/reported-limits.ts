import { headerValue, type WireHeaders } from '@sluice/core';
import { COUNTED_LIMITS, countIn, UNIFIED_WINDOWS } from './rate-limit-hints.js';
import { resetAfterMs } from './reset-time.js';

/** A longer word of a vendor is cut. */
export const MAX_REPORTED_WORD_CHARACTERS = 32;

/** What a vendor said of one limit. Absent members were not said. */
export interface ReportedLimit {
  /** What is counted (`requests`, `tokens`, `input-tokens`, `output-tokens`), or the window of a subscription (`5h`, `7d`, `7d_oi`). */
  readonly name: string;
  readonly remaining?: number;
  readonly limit?: number;
  /** The vendor's word for a window: `allowed`, `allowed_warning`, `rejected`. */
  readonly status?: string;
  /** Milliseconds since the epoch. */
  readonly resetsAtMs?: number;
}

/**
 * Every limit that an answer's headers report, for people who look; {@link rateLimitHints} is what the gateway acts on.
 * @param heardAtMs when the answer came, in milliseconds since the epoch: some vendors tell a reset as a time from then
 */
export function reportedLimits(headers: WireHeaders, heardAtMs: number): readonly ReportedLimit[] {
  const resetOf = (header: string): Pick<ReportedLimit, 'resetsAtMs'> => {
    const afterMs = resetAfterMs(headerValue(headers, header), heardAtMs);
    return afterMs === undefined ? {} : { resetsAtMs: heardAtMs + afterMs };
  };
  const counted = COUNTED_LIMITS.flatMap(({ name, remaining, limit, reset }): readonly ReportedLimit[] => {
    const left = countIn(headers, remaining);
    if (left === undefined) return [];
    const size = countIn(headers, limit);
    return [{ name, remaining: left, ...(size !== undefined && { limit: size }), ...resetOf(reset) }];
  });
  const windows = UNIFIED_WINDOWS.flatMap(({ name, status, reset }): readonly ReportedLimit[] => {
    const word = headerValue(headers, status)?.slice(0, MAX_REPORTED_WORD_CHARACTERS);
    return word === undefined ? [] : [{ name, status: word, ...resetOf(reset) }];
  });
  return [...counted, ...windows];
}

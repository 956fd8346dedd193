import { headerValue, type WireHeaders } from '@sluice/core';
import { resetAfterMs } from './reset-time.js';

/** A limit is low when no more than this share of it is left. */
export const LOW_SHARE = 0.05;
/** Where the size of a limit is not told: so many requests, or fewer, are few. */
export const LOW_REQUESTS = 1;

/** A limit that is near or at its end. */
export interface RateLimitHint {
  /** `account`: it holds for every model of the account; `model`: vendors count it by model or family of models. */
  readonly scope: 'account' | 'model';
  /** Until the last of the limits in question is reset. */
  readonly resetAfterMs: number;
}

/** What a vendor's headers say of the account's limits. Absent = nothing is wrong, or nothing is said. */
export interface RateLimitHints {
  /** Nothing is left. */
  readonly spent?: RateLimitHint;
  /** Little or nothing is left. */
  readonly low?: RateLimitHint;
}

/** A counted limit: the headers for what is left, how much there is, and when it is full again. */
export interface CountedLimit {
  /** What is counted. */
  readonly name: string;
  readonly remaining: string;
  readonly limit: string;
  readonly reset: string;
  readonly countsRequests: boolean;
}

const ANTHROPIC = 'anthropic-ratelimit-';
const anthropicLimit = (what: string): CountedLimit => ({
  name: what,
  remaining: `${ANTHROPIC}${what}-remaining`,
  limit: `${ANTHROPIC}${what}-limit`,
  reset: `${ANTHROPIC}${what}-reset`,
  countsRequests: what === 'requests',
});
const openAiLimit = (what: string): CountedLimit => ({
  name: what,
  remaining: `x-ratelimit-remaining-${what}`,
  limit: `x-ratelimit-limit-${what}`,
  reset: `x-ratelimit-reset-${what}`,
  countsRequests: what === 'requests',
});

/** The counted limits that vendors report. */
export const COUNTED_LIMITS: readonly CountedLimit[] = [
  ...['requests', 'tokens', 'input-tokens', 'output-tokens'].map(anthropicLimit),
  ...['requests', 'tokens'].map(openAiLimit),
  {
    name: 'requests',
    remaining: 'x-ratelimit-remaining',
    limit: 'x-ratelimit-limit',
    reset: 'x-ratelimit-reset',
    countsRequests: true,
  },
];

/** The windows of a subscription: the whole account's, but for the last, which is one family's of models. */
const UNIFIED = `${ANTHROPIC}unified-`;
export const UNIFIED_WINDOWS = [
  { name: '5h', status: `${UNIFIED}5h-status`, reset: `${UNIFIED}5h-reset`, scope: 'account' },
  { name: '7d', status: `${UNIFIED}7d-status`, reset: `${UNIFIED}7d-reset`, scope: 'account' },
  { name: '7d_oi', status: `${UNIFIED}7d_oi-status`, reset: `${UNIFIED}7d_oi-reset`, scope: 'model' },
] as const;
const UNIFIED_STATUS = `${UNIFIED}status`;
const UNIFIED_RESET = `${UNIFIED}reset`;
const REJECTED = 'rejected';
const WARNING = 'allowed_warning';

const COUNT = /^\d{1,15}$/;

/**
 * Reads the limits that Anthropic, OpenAI and those who copy them report with every answer. A limit without a readable reset
 * says nothing: nobody would know when it is over.
 * @param nowMs milliseconds since the epoch
 * @see https://docs.anthropic.com/en/api/rate-limits#response-headers
 * @see https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers
 */
export function rateLimitHints(headers: WireHeaders, nowMs: number): RateLimitHints | undefined {
  const found: { spent?: RateLimitHint; low?: RateLimitHint } = {};
  for (const limit of COUNTED_LIMITS) {
    const remaining = countIn(headers, limit.remaining);
    if (remaining === undefined || !isLow(remaining, countIn(headers, limit.limit), limit.countsRequests)) continue;
    note(found, remaining === 0, 'model', resetAfterMs(headerValue(headers, limit.reset), nowMs));
  }
  if (headers[UNIFIED_STATUS] !== undefined) noteWindows(found, headers, nowMs);
  return found.low === undefined ? undefined : found;
}

function noteWindows(found: { spent?: RateLimitHint; low?: RateLimitHint }, headers: WireHeaders, nowMs: number): void {
  let isExplained = false;
  for (const { status, reset, scope } of UNIFIED_WINDOWS) {
    const word = headerValue(headers, status);
    if (word !== REJECTED && word !== WARNING) continue;
    isExplained ||= word === REJECTED;
    note(found, word === REJECTED, scope, resetAfterMs(headerValue(headers, reset), nowMs));
  }
  if (isExplained || headerValue(headers, UNIFIED_STATUS) !== REJECTED) return;
  note(found, true, 'account', resetAfterMs(headerValue(headers, UNIFIED_RESET), nowMs));
}

function note(
  found: { spent?: RateLimitHint; low?: RateLimitHint },
  isSpent: boolean,
  scope: RateLimitHint['scope'],
  afterMs: number | undefined,
): void {
  if (afterMs === undefined) return;
  found.low = wider(found.low, scope, afterMs);
  if (isSpent) found.spent = wider(found.spent, scope, afterMs);
}

/** Both hints in one: the account's scope wins, and the later reset. */
function wider(known: RateLimitHint | undefined, scope: RateLimitHint['scope'], afterMs: number): RateLimitHint {
  if (known === undefined) return { scope, resetAfterMs: afterMs };
  return {
    scope: known.scope === 'account' ? 'account' : scope,
    resetAfterMs: Math.max(known.resetAfterMs, afterMs),
  };
}

function isLow(remaining: number, limit: number | undefined, countsRequests: boolean): boolean {
  if (remaining === 0) return true;
  if (limit === undefined) return countsRequests && remaining <= LOW_REQUESTS;
  return remaining <= limit * LOW_SHARE;
}

/** A header that is a whole number. */
export function countIn(headers: WireHeaders, name: string): number | undefined {
  const value = headerValue(headers, name)?.trim();
  return value !== undefined && COUNT.test(value) ? Number(value) : undefined;
}

import type { UpstreamFailure } from '@sluice/core';
import { bodyRetryHintMs, rateLimitHints, retryAfterMs, type FailedReply } from '@sluice/provider-kit';

const LIMIT_KINDS: readonly string[] = ['upstream_rate_limited', 'upstream_quota_exhausted'];

/**
 * Adds what a vendor tells of its limits beside `retry-after`: when the spent one is reset, in headers or in the body, and
 * whether it is the whole account's. Its own `retry-after` counts where it says so for one model: a limit may be usable again
 * before it is full.
 */
export function withRateLimits(
  failure: UpstreamFailure,
  reply: FailedReply | undefined,
  nowMs: number,
): UpstreamFailure {
  if (reply === undefined || !LIMIT_KINDS.includes(failure.error.kind)) return failure;
  const { headers, body } = reply;
  const spent = rateLimitHints(headers, nowMs)?.spent;
  const saidMs = failure.retryAfterMs ?? failure.error.retryAfterMs ?? retryAfterMs(headers, nowMs);
  const bodyMs = bodyRetryHintMs(body, nowMs);
  const isAccountSpent = spent?.scope === 'account';
  const knownMs = [saidMs, bodyMs, isAccountSpent || saidMs === undefined ? spent?.resetAfterMs : undefined];
  const hintMs = Math.max(...knownMs.filter((ms) => ms !== undefined), -1);
  return {
    ...failure,
    blame: isAccountSpent ? 'account' : failure.blame,
    ...(hintMs >= 0 && { retryAfterMs: hintMs }),
  };
}

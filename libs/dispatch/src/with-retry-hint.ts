import type { UpstreamFailure } from '@sluice/core';
import { retryAfterMs, type FailedReply } from '@sluice/provider-kit';

/** Adds the vendor's own word on when to come back, to what we do and to what the client is told. */
export function withRetryHint(
  failure: UpstreamFailure,
  reply: FailedReply | undefined,
  nowMs: number,
): UpstreamFailure {
  const { error } = failure;
  const saidMs = failure.retryAfterMs ?? error.retryAfterMs;
  const hintMs = saidMs ?? (reply === undefined ? undefined : retryAfterMs(reply.headers, nowMs));
  if (hintMs === undefined || (failure.retryAfterMs !== undefined && error.retryAfterMs !== undefined)) return failure;
  return { ...failure, retryAfterMs: hintMs, error: error.withRetryAfter(error.retryAfterMs ?? hintMs) };
}

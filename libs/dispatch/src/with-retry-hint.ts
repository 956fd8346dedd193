import { GatewayError, type UpstreamFailure } from '@sluice/core';
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
  return {
    ...failure,
    retryAfterMs: hintMs,
    error: new GatewayError({
      kind: error.kind,
      message: error.message,
      retryAfterMs: error.retryAfterMs ?? hintMs,
      ...(error.param !== undefined && { param: error.param }),
      ...(error.upstream !== undefined && { upstream: error.upstream }),
      ...(error.cause !== undefined && { cause: error.cause }),
    }),
  };
}

import { type Blame, GatewayError, type GatewayErrorKind, type UpstreamFailure } from '@sluice/core';

/** A failed attempt, blamed on somebody. The message is the kind, so that a cause can be told apart. */
export function fail(kind: GatewayErrorKind, blame: Blame, retryAfterMs?: number): UpstreamFailure {
  const error = new GatewayError({ kind, message: kind });
  return { error, blame, action: 'next-account', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

export const THROTTLED = fail('upstream_rate_limited', 'account');
export const OVERLOADED = fail('upstream_overloaded', 'provider');
export const REFUSED = fail('upstream_auth_failed', 'account');
export const BAD_REQUEST = fail('upstream_invalid_request', 'request');

import type { Blame, FailureAction, GatewayError, GatewayErrorKind, UpstreamFailure } from '@sluice/core';
import type { FailedReply, Provider } from './provider.js';

interface Reaction {
  readonly blame: Blame;
  readonly action: FailureAction;
}

/** The kinds that a vendor, or the way to it, can cause. */
type UpstreamErrorKind = Extract<GatewayErrorKind, `upstream_${string}`>;

/**
 * HTTP's norms: what every vendor means by a failure unless its provider says otherwise. `same` is bounded by the retry
 * budget, after which the next account is asked.
 */
export const FAILURE_REACTIONS: Readonly<Record<UpstreamErrorKind, Reaction>> = {
  // the same request would fail everywhere
  upstream_invalid_request: { blame: 'request', action: 'stop' },
  upstream_context_length: { blame: 'request', action: 'stop' },
  upstream_request_too_large: { blame: 'request', action: 'stop' },
  // this account cannot; another may at once
  upstream_auth_failed: { blame: 'account', action: 'next-account' },
  upstream_quota_exhausted: { blame: 'account', action: 'next-account' },
  // nearly every limit is counted by model: the account's other models go on
  upstream_rate_limited: { blame: 'model', action: 'next-account' },
  upstream_not_found: { blame: 'model', action: 'next-account' },
  // the service is unwell: a pause helps
  upstream_overloaded: { blame: 'provider', action: 'same' },
  upstream_error: { blame: 'provider', action: 'same' },
  // it has cost time already, or says nothing of what comes next
  upstream_unreachable: { blame: 'network', action: 'next-account' },
  upstream_silent: { blame: 'provider', action: 'next-account' },
  upstream_timed_out: { blame: 'provider', action: 'next-account' },
  upstream_truncated: { blame: 'provider', action: 'next-account' },
  upstream_invalid_response: { blame: 'provider', action: 'next-account' },
};

/** Of our own making: no account is to blame, and no other account changes it. */
const OWN_FAILURE: Reaction = { blame: 'request', action: 'stop' };

/** "Not now" by definition: request timeout and conflict. */
const REPEATABLE_STATUS = new Set([408, 409]);
const REPEATABLE: Reaction = { blame: 'provider', action: 'same' };

/**
 * Decides what a failed attempt means for the account and for the next attempt. Where the provider answers, it decides.
 * @param reply the vendor's answer; absent where there was none, or where the failure came inside a 200
 */
export function classifyFailure(error: GatewayError, provider?: Provider, reply?: FailedReply): UpstreamFailure {
  const special = reply === undefined ? undefined : provider?.classify?.(reply);
  if (special !== undefined) return special;
  const { blame, action } = reactionTo(error);
  const { retryAfterMs } = error;
  return { error, blame, action, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

function reactionTo(error: GatewayError): Reaction {
  if (REPEATABLE_STATUS.has(error.upstream?.status ?? 0)) return REPEATABLE;
  return isUpstreamKind(error.kind) ? FAILURE_REACTIONS[error.kind] : OWN_FAILURE;
}

function isUpstreamKind(kind: GatewayErrorKind): kind is UpstreamErrorKind {
  return kind in FAILURE_REACTIONS;
}

import type { FailedReply, GatewayError, UpstreamFailure } from '@sluice/provider-kit';

/** How long an account rests that the vendor has throttled for what it calls suspicious activity. */
export const SUSPICION_PAUSE_MS = 10 * 60 * 1000;

/** A proxy before the service gave up after minutes; the same request would take them again. */
const GATEWAY_TIMEOUT_STATUS = 524;

/** How long an account rests that the vendor has locked: only its owner can have it opened again. */
export const SUSPENSION_PAUSE_MS = 24 * 60 * 60 * 1000;

/** How long a model without capacity is left alone before it is asked again; doubled each time. */
export const CAPACITY_PAUSE_MS = 5_000;

const CAPACITY_REASONS: ReadonlySet<string> = new Set(['INSUFFICIENT_MODEL_CAPACITY', 'MODEL_TEMPORARILY_UNAVAILABLE']);
const NO_CAPACITY = /unexpectedly high load|experiencing high traffic/i;
const PROFILE_MISSING = /profileArn is required|Invalid profileArn/i;
const SUSPICION = /suspicious activity[^]*temporary limits/i;
const SUSPENDED = /\bTEMPORARILY_SUSPENDED\b|suspended[^]*(?:locked your account|locked it as a security precaution)/i;
const FORBIDDEN_STATUS = 403;

/** What differs from HTTP's norms; reasons and exceptions are told apart by the format already. */
export function classifyReply({ status, error }: FailedReply): UpstreamFailure | undefined {
  if (status === GATEWAY_TIMEOUT_STATUS) return { error, blame: 'provider', action: 'stop' };
  if (PROFILE_MISSING.test(error.message)) return { error, blame: 'account', action: 'next-account' };
  if (status === FORBIDDEN_STATUS && SUSPENDED.test(error.message)) {
    return { error, blame: 'account', action: 'next-account', retryAfterMs: SUSPENSION_PAUSE_MS };
  }
  if (error.kind === 'upstream_rate_limited' && SUSPICION.test(error.message)) {
    return { error, blame: 'account', action: 'next-account', retryAfterMs: SUSPICION_PAUSE_MS };
  }
  if (error.kind === 'upstream_overloaded' && isOfCapacity(error)) {
    return { error, blame: 'provider', action: 'same', firstPauseMs: CAPACITY_PAUSE_MS };
  }
  return undefined;
}

/** Every account asks the same machines, so another one would not help. */
function isOfCapacity({ message, upstream }: GatewayError): boolean {
  return CAPACITY_REASONS.has(upstream?.code ?? '') || NO_CAPACITY.test(message);
}

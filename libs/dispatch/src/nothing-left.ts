import type { LeaseResult } from '@sluice/accounts';
import { GatewayError } from '@sluice/core';

/** Why no account was leased. */
export type NothingLeased = Exclude<LeaseResult, { none?: undefined }>;

/** When every account is at its limit, a slot frees within seconds as a rule. */
const BUSY_RETRY_AFTER_MS = 1000;

/** The answer when no account can be used: it names the cause and says when to come back. */
export function nothingLeft(model: string, why: NothingLeased, nowMs: number): GatewayError {
  if (why.none === 'busy') {
    return new GatewayError({
      kind: 'rate_limited',
      message: `Every account for the model "${model}" is at its limit of parallel requests. Try again in a moment.`,
      retryAfterMs: BUSY_RETRY_AFTER_MS,
    });
  }
  if (why.none !== 'cooling') {
    return new GatewayError({
      kind: 'no_account_available',
      message: `No account can serve the model "${model}" now. The operator finds the reason in the gateway's log.`,
    });
  }
  const retryAfterMs = Math.max(0, why.earliestMs - nowMs);
  const { cause } = why;
  if (cause.kind !== 'upstream_rate_limited') {
    return new GatewayError({
      kind: cause.kind,
      message: cause.message,
      retryAfterMs,
      ...(cause.upstream !== undefined && { upstream: cause.upstream }),
      cause,
    });
  }
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new GatewayError({
    kind: 'model_cooldown',
    message:
      `Every account for the model "${model}" is cooling down. Try again in ${seconds} s. ` +
      `The vendor said: ${cause.message}`,
    retryAfterMs,
    cause,
  });
}

import type { GatewayError } from './gateway-error.js';

/** Who is at fault, which decides what cools down. */
export type Blame = 'request' | 'account' | 'model' | 'provider' | 'network';

/**
 * What the attempt loop does next: `same` = this account again after a pause; `next-account` = another account of the
 * same target at once; `next-target` = the next target of the alias; `stop` = tell the client.
 */
export type FailureAction = 'same' | 'next-account' | 'next-target' | 'stop';

/** What we do about a failed attempt. Decided once, where the status is first known; nobody greps messages later. */
export interface UpstreamFailure {
  readonly error: GatewayError;
  readonly blame: Blame;
  readonly action: FailureAction;
  /** How long the vendor asked us to stay away. */
  readonly retryAfterMs?: number;
  /** With `same`: the first pause before this account is asked again, doubled each time. Absent = the usual, short one. */
  readonly firstPauseMs?: number;
}

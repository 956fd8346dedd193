import { DEFAULT_ROUTING } from '@sluice/config';
import type { GatewayErrorKind } from '@sluice/core';
import type { LeaseRequest } from './lease-request.js';
import type { Seat } from './roster.js';

/**
 * How a candidate stands at one moment. All but `usable`, `low` and `soft` keep it from being asked; these three are asked in this
 * order. Times in milliseconds since the epoch.
 */
export type CandidateStanding =
  | { readonly type: 'usable' }
  /** Its vendor reported that little is left. */
  | { readonly type: 'low'; readonly untilMs: number }
  /** `soft`: asked when nobody else is left; `cooling`: not asked. */
  | {
      readonly type: 'soft' | 'cooling';
      readonly untilMs: number;
      readonly kind: GatewayErrorKind;
      readonly message: string;
    }
  | { readonly type: 'busy'; readonly inFlight: number; readonly maxConcurrency: number }
  /** The vendor's host is left alone. */
  | { readonly type: 'open-circuit'; readonly vendor: string; readonly untilMs: number }
  /** Calls to the vendor's host must not be repeated now. */
  | { readonly type: 'retry-budget'; readonly vendor: string }
  /** Tried already. */
  | { readonly type: 'excluded' }
  /** Somebody else's own account. */
  | { readonly type: 'foreign' };

const USABLE: CandidateStanding = { type: 'usable' };

/** Reads how a seat stands for a request. */
export function standingOf(
  { candidate, state, vendor }: Seat,
  request: Omit<LeaseRequest, 'candidates'>,
): CandidateStanding {
  const { nowMs, owner, exclude, failedVendors, protection = DEFAULT_ROUTING } = request;
  const { declaration, model } = candidate;
  if (declaration.owner !== undefined && declaration.owner !== owner?.id) return { type: 'foreign' };
  if (exclude.has(declaration.account.id)) return { type: 'excluded' };
  const rest = declaration.cooldownEnabled ? state.cooldowns.find(model, nowMs) : undefined;
  const told = rest && { untilMs: rest.untilMs, kind: rest.cause.kind, message: rest.cause.message };
  if (told !== undefined && rest?.strength === 'hard') return { type: 'cooling', ...told };
  if (vendor?.isOpen(protection, nowMs) === true) {
    return { type: 'open-circuit', vendor: vendor.name, untilMs: vendor.circuit.retryAtMs(nowMs) };
  }
  const isRepetition = vendor !== undefined && failedVendors?.has(vendor.name) === true;
  if (isRepetition && !vendor.retries.admits(protection.retryBudget, nowMs)) {
    return { type: 'retry-budget', vendor: vendor.name };
  }
  const { maxConcurrency } = declaration;
  if (maxConcurrency !== undefined && state.inFlight >= maxConcurrency) {
    return { type: 'busy', inFlight: state.inFlight, maxConcurrency };
  }
  if (told !== undefined) return { type: 'soft', ...told };
  const lowUntilMs = declaration.cooldownEnabled ? state.lowLimits.untilMs(model) : 0;
  return lowUntilMs > nowMs ? { type: 'low', untilMs: lowUntilMs } : USABLE;
}

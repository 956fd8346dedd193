import { DEFAULT_ROUTING } from '@sluice/config';
import type { LeaseResult } from './lease-result.js';
import type { PickTerms } from './pick-seat.js';
import type { Roster, Seat } from './roster.js';
import type { VendorProtection } from './vendor-health.js';

const EXCLUDED: LeaseResult = { none: 'excluded' };
const BUSY: LeaseResult = { none: 'busy' };

/** Why nobody could be picked: somebody is busy and so free soonest, else whoever may be asked first. */
export function whyNobody(
  roster: Roster,
  { nowMs, exclude, shutVendors, lastLevel }: PickTerms,
  protection: VendorProtection = DEFAULT_ROUTING,
): LeaseResult {
  const { seats, vendors, vendorNumbers } = roster;
  const restsUntilMs = roster.untilMs[lastLevel];
  let firstAt = -1;
  let earliestMs = Infinity;
  for (let at = 0; at < seats.length; at += 1) {
    let untilMs = restsUntilMs[at] as number;
    if (untilMs >= earliestMs) continue;
    if (exclude.size > 0 && exclude.has((seats[at] as Seat).candidate.declaration.account.id)) continue;
    if (untilMs <= nowMs) {
      const number = vendorNumbers[at] as number;
      if (shutVendors?.[number] !== true) return BUSY;
      const vendor = vendors[number];
      if (vendor?.isOpen(protection, nowMs) !== true) continue; // only shut for repetitions: waiting is no help
      untilMs = vendor.circuit.retryAtMs(nowMs);
    }
    if (untilMs >= earliestMs) continue;
    firstAt = at;
    earliestMs = untilMs;
  }
  const first = roster.seats[firstAt];
  if (first === undefined) return EXCLUDED;
  const { candidate, state, vendor } = first;
  const cause = state.cooldowns.find(candidate.model, nowMs)?.cause;
  const isResting = (restsUntilMs[firstAt] as number) > nowMs;
  if (isResting && cause !== undefined) return { none: 'cooling', earliestMs, cause };
  return vendor === undefined ? EXCLUDED : { none: 'cooling', earliestMs, cause: vendor.openError(nowMs) };
}

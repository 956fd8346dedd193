import type { Balance } from '@sluice/provider-kit';
import type { UsageBreakdown, UsageLimits } from './usage-limits.js';

/** What is counted, most telling first; else whatever comes first. */
const COUNTED = ['CREDIT', 'AGENTIC_REQUEST'];
/** Sums of decimal fractions are rounded to this: the vendor tells hundredths. */
const DECIMALS = 1e6;

/** What is left of plan, trial and gifts together. Undefined = the vendor told nothing that could be counted. */
export function balanceOf({ breakdowns, plan, email, resetsAtMs }: UsageLimits): Balance | undefined {
  const counted = COUNTED.map((type) => breakdowns.find(({ resourceType }) => resourceType === type));
  const breakdown = counted.find((found) => found !== undefined) ?? breakdowns[0];
  if (breakdown === undefined) return undefined;
  const limit = total(breakdown, 'limit');
  const used = total(breakdown, 'used');
  const resets = breakdown.resetsAtMs ?? resetsAtMs;
  return {
    limit,
    used,
    remaining: Math.max(0, round(limit - used)),
    percentUsed: limit > 0 ? Math.min(100, (used / limit) * 100) : 0,
    ...(resets === undefined ? {} : { resetsAtMs: resets }),
    ...(plan === undefined ? {} : { plan }),
    ...(email === undefined ? {} : { email }),
  };
}

function total(breakdown: UsageBreakdown, name: 'limit' | 'used'): number {
  const active = breakdown.extras.filter(({ isActive }) => isActive);
  return round(active.reduce((sum, extra) => sum + extra[name], breakdown[name]));
}

function round(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}

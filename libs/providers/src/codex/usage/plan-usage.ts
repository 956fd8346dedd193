import { headerValue, type WireHeaders } from '@sluice/core';
import type { Balance } from '@sluice/provider-kit';

/** The two windows of a plan, as shares of what nobody tells the size of. */
const USED_PERCENT = ['x-codex-primary-used-percent', 'x-codex-secondary-used-percent'];
const FULL_PERCENT = 100;

/** What the headers of an answer say of the plan: the window that is nearest to its end. Undefined = nothing. */
export function planUsageOf(headers: WireHeaders): Balance | undefined {
  const shares = USED_PERCENT.map((name) => Number(headerValue(headers, name) ?? NaN)).filter(
    (share) => Number.isFinite(share) && share >= 0,
  );
  if (shares.length === 0) return undefined;
  const used = Math.min(FULL_PERCENT, Math.max(...shares));
  return { limit: FULL_PERCENT, used, remaining: FULL_PERCENT - used, percentUsed: used, unit: '%' };
}

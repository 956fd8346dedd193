import type { AccountDeclaration } from '@sluice/config';
import type { AccountLease, LeaseOutcome } from '../account-lease.js';
import type { AccountPool } from '../account-pool.js';
import type { Candidate } from '../candidate.js';
import type { LeaseRequest } from '../lease-request.js';
import type { LeaseResult } from '../lease-result.js';

export const NOW_MS = 1_000_000;
export const NONE: ReadonlySet<string> = new Set();
export const SUCCESS: LeaseOutcome = { type: 'success', nowMs: NOW_MS };

/** Accounts as candidates for one model. */
export function candidatesOf(declarations: readonly AccountDeclaration[], model = 'm1'): readonly Candidate[] {
  return declarations.map((declaration) => ({ declaration, model }));
}

/** Asks for a lease with everything else by default. */
export function ask(
  pool: AccountPool,
  candidates: readonly Candidate[],
  wish: Partial<LeaseRequest> = {},
): LeaseResult {
  return pool.lease({ candidates, exclude: NONE, nowMs: NOW_MS, ...wish });
}

/** The lease that the pool is expected to give. */
export function take(
  pool: AccountPool,
  candidates: readonly Candidate[],
  wish: Partial<LeaseRequest> = {},
): AccountLease {
  const result = ask(pool, candidates, wish);
  if (result.lease === undefined) throw new Error(`expected a lease, got: ${result.none}`);
  return result.lease;
}

/** Leases and gives back at once, again and again; the ids of the accounts. */
export function idsOf(
  pool: AccountPool,
  candidates: readonly Candidate[],
  times: number,
  wish: Partial<LeaseRequest> = {},
): readonly string[] {
  return Array.from({ length: times }, () => {
    const lease = take(pool, candidates, wish);
    lease.release(SUCCESS);
    return lease.declaration.account.id;
  });
}

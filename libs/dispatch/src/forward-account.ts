import type { AccountLease, AccountPool, Candidate, LeaseRequest } from '@sluice/accounts';
import type { ApiFamily, ProviderRegistry } from '@sluice/provider-kit';
import type { RuntimeSnapshot } from '@sluice/config';
import type { Route } from '@sluice/routing';
import type { NothingLeased } from './nothing-left.js';

/** What an account is leased for where a request names no model: no cooldown of a model has this name. */
export const NO_MODEL = '';

export interface ForwardChoice {
  readonly api: ApiFamily;
  /** Who asks: accounts of somebody else are nobody's to use. */
  readonly principalId: string;
  readonly providers: ProviderRegistry;
  readonly snapshot: RuntimeSnapshot;
  /** Undefined = the request names no model. */
  readonly route: Route | undefined;
}

/**
 * The accounts that can take a request whole: those that serve the model, or all of the API. The caller's own come first, then
 * by priority, then as declared.
 * Always in the same order, because what was uploaded to one account is not found at another.
 */
export function forwardCandidates(choice: ForwardChoice): readonly Candidate[] {
  const { api, principalId, providers, snapshot, route } = choice;
  const all =
    route?.targets.flatMap(({ candidates }) => candidates) ??
    snapshot.accounts.map((declaration) => ({ declaration, model: NO_MODEL }));
  return all
    .filter(({ declaration: { enabled, account, owner } }) => {
      const provider = providers.find(account.provider);
      const isOpen = enabled && (owner === undefined || owner === principalId);
      return isOpen && provider?.forward !== undefined && provider.descriptor.api === api;
    })
    .sort(
      ({ declaration: one }, { declaration: other }) =>
        Number(other.owner !== undefined) - Number(one.owner !== undefined) || one.priority - other.priority,
    );
}

/** Leases the first of them that can be used. */
export function leaseFirst(pool: AccountPool, request: LeaseRequest): AccountLease | NothingLeased {
  let why: NothingLeased = { none: 'excluded' };
  for (const candidate of request.candidates) {
    const result = pool.lease({ ...request, candidates: [candidate] });
    if (result.none === undefined) return result.lease;
    if (why.none === 'excluded') why = result;
  }
  return why;
}

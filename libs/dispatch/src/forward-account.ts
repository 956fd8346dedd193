import type { AccountLease, AccountPool, Candidate, LeaseOwner, LeaseRequest } from '@sluice/accounts';
import type { ApiFamily, ProviderRegistry } from '@sluice/provider-kit';
import { principalIdOfKey, type AccountDeclaration, type RuntimeSnapshot } from '@sluice/config';
import type { Route } from '@sluice/routing';
import type { NothingLeased } from './nothing-left.js';

/** What an account is leased for where a request names no model: no cooldown of a model has this name. */
export const NO_MODEL = '';

export interface ForwardChoice {
  readonly api: ApiFamily;
  /** Who asks: accounts of somebody else are nobody's to use. Absent = it owns none. */
  readonly owner: LeaseOwner | undefined;
  readonly providers: ProviderRegistry;
  readonly snapshot: RuntimeSnapshot;
  /** Undefined = the request names no model. */
  readonly route: Route | undefined;
}

/** Lists that are made once, so that what the pool derives from them is found again. */
const WHOLE = new WeakMap<RuntimeSnapshot, readonly Candidate[]>();
const ALONE = new WeakMap<Candidate, readonly Candidate[]>();

/** Who asks, as the pool knows owners; undefined = somebody without accounts. */
export function ownerIn({ accounts, apiKeys }: RuntimeSnapshot, principalId: string): LeaseOwner | undefined {
  if (!accounts.some(({ owner }) => owner === principalId)) return undefined;
  const key = apiKeys.find(({ name }) => principalIdOfKey(name) === principalId);
  return { id: principalId, providerOrder: key?.providerOrder ?? [] };
}

/**
 * The accounts that can take a request whole: those that serve the model, or all of the API. The caller's own come first, in its
 * order of providers, then by priority, then as declared.
 * Always in the same order, because what was uploaded to one account is not found at another.
 */
export function forwardCandidates(choice: ForwardChoice): readonly Candidate[] {
  const { api, owner: caller, providers, snapshot, route } = choice;
  const all = route?.targets.flatMap(({ candidates }) => candidates) ?? wholeCandidates(snapshot);
  return all
    .filter(({ declaration: { enabled, account, owner } }) => {
      const provider = providers.find(account.provider);
      const isOpen = enabled && (owner === undefined || owner === caller?.id);
      return isOpen && provider?.forward !== undefined && provider.descriptor.api === api;
    })
    .sort(
      ({ declaration: one }, { declaration: other }) =>
        placeOf(one, caller) - placeOf(other, caller) || one.priority - other.priority,
    );
}

/** Leases the first of them that can be used. */
export function leaseFirst(pool: AccountPool, request: LeaseRequest): AccountLease | NothingLeased {
  let why: NothingLeased = { none: 'excluded' };
  for (const candidate of request.candidates) {
    const result = pool.lease({ ...request, candidates: alone(candidate) });
    if (result.none === undefined) return result.lease;
    if (why.none === 'excluded') why = result;
  }
  return why;
}

function wholeCandidates(snapshot: RuntimeSnapshot): readonly Candidate[] {
  const known = WHOLE.get(snapshot) ?? snapshot.accounts.map((declaration) => ({ declaration, model: NO_MODEL }));
  WHOLE.set(snapshot, known);
  return known;
}

function alone(candidate: Candidate): readonly Candidate[] {
  const known = ALONE.get(candidate) ?? [candidate];
  ALONE.set(candidate, known);
  return known;
}

/** Own accounts by the owner's order of providers; shared ones come after all of them. */
function placeOf({ account, owner }: AccountDeclaration, caller: LeaseOwner | undefined): number {
  const order = caller?.providerOrder ?? [];
  if (owner === undefined) return order.length + 1;
  const at = order.indexOf(account.provider);
  return at < 0 ? order.length : at;
}

import type { Candidate } from '@sluice/accounts';
import type { AccountModels, Service } from './account-models.js';

/** Who serves a model, and how sure that is. */
export interface Served {
  readonly service: Service;
  readonly candidates: readonly Candidate[];
}

/**
 * Every account that serves an upstream id, in the given order. Accounts of which nothing is known are candidates only when
 * nobody is known to serve it. Undefined = nobody.
 */
export function servedBy(accounts: readonly AccountModels[], id: string, visibleName: string): Served | undefined {
  const found: Record<Service, Candidate[]> = { known: [], possible: [] };
  for (const account of accounts) {
    const service = account.serves(id, visibleName);
    if (service !== undefined) found[service].push({ declaration: account.declaration, model: id });
  }
  if (found.known.length > 0) return { service: 'known', candidates: found.known };
  return found.possible.length > 0 ? { service: 'possible', candidates: found.possible } : undefined;
}

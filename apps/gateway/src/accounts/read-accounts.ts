import { setImmediate as nextTurn } from 'node:timers/promises';
import { RENEWAL_OUTCOMES, type AccountHistory, type AccountPool, type CredentialSource } from '@sluice/accounts';
import type { AccountDeclaration, SnapshotStore } from '@sluice/config';
import type { Clock } from '@sluice/core';
import type { AccountFigures, AccountReading } from '@sluice/telemetry';
import { standingWith, type AccountReporter } from './account-reporter.js';

/** So many accounts are read before requests have their turn. */
const READ_AT_ONCE = 250;

export interface ReadAccountsDependencies {
  readonly snapshots: SnapshotStore;
  readonly pool: AccountPool;
  readonly credentials: CredentialSource;
  readonly history: AccountHistory;
  readonly reporter: AccountReporter;
  readonly clock: Clock;
}

/** What the metrics show of accounts now. Never rejects. */
export async function readAccounts(dependencies: ReadAccountsDependencies): Promise<AccountReading> {
  const { snapshots, pool, credentials, clock } = dependencies;
  const accounts: AccountFigures[] = [];
  for (const declaration of snapshots.current.accounts) {
    accounts.push(await readAccount(declaration, dependencies));
    if (accounts.length % READ_AT_ONCE === 0) await nextTurn();
  }
  const { hits: hit, misses, rebinds: rebind } = pool.sessions;
  return {
    accounts,
    circuits: pool.circuits(clock.now()),
    sessionLookups: { hit, miss: misses - rebind, rebind },
    renewals: [...credentials.renewals.counts].flatMap(([provider, counts]) =>
      RENEWAL_OUTCOMES.map((outcome) => ({ provider, outcome, count: counts[outcome] })),
    ),
  };
}

async function readAccount(
  declaration: AccountDeclaration,
  { snapshots, pool, history, reporter, clock }: ReadAccountsDependencies,
): Promise<AccountFigures> {
  const { id, provider } = declaration.account;
  const login = await reporter.loginOf(declaration);
  const condition = pool.inspect(declaration, clock.now(), snapshots.current.settings.routing);
  return {
    id,
    provider,
    standing: standingWith(condition.standing, login, declaration).type,
    inFlight: condition.inFlight,
    restingModels: condition.restingModels,
    credentialExpiresAtMs: 'error' in login ? undefined : login.expiresAtMs,
    attempts: history.of(id).counts,
  };
}

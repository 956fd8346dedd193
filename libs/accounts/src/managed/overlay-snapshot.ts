import {
  DEFAULT_ROUTING,
  type AccountDeclaration,
  type RoutingSettings,
  type RuntimeSettings,
  type RuntimeSnapshot,
} from '@sluice/config';
import type { Transport } from '@sluice/provider-kit';
import type { AddedAccount, ManagedState } from './managed-state.js';

/** As the configuration's own defaults. */
const DEFAULT_TRANSPORT: Transport = { timeouts: { connectMs: 10_000, firstByteMs: 300_000, idleMs: 120_000 } };

/**
 * What was declared, with what was changed since: accounts switched off or preferred, others added, another way of choosing. An
 * account that is declared under the id of an added one wins. Pure.
 */
export function overlaySnapshot(declared: RuntimeSnapshot, state: ManagedState): RuntimeSnapshot {
  const ids = new Set(declared.accounts.map(({ account }) => account.id));
  const added = state.added.filter(({ id }) => !ids.has(id)).map((account) => declarationOf(account, declared));
  return {
    ...declared,
    accounts: [...declared.accounts, ...added].map((account) => changed(account, state)),
    settings: withStrategies(declared.settings, state.strategies),
  };
}

/** An account of the same provider: what nobody says of an added account is as with it. */
export function accountLike(provider: string, { accounts }: RuntimeSnapshot): AccountDeclaration | undefined {
  return accounts.find(({ account, origin }) => account.provider === provider && origin !== 'database');
}

/** An added account as if it had been declared. */
export function declarationOf({ id, provider, settings }: AddedAccount, declared: RuntimeSnapshot): AccountDeclaration {
  const like = accountLike(provider, declared);
  return {
    account: { id, provider, settings, headers: {}, transport: like?.account.transport ?? DEFAULT_TRANSPORT },
    credential: undefined,
    enabled: true,
    models: like?.models,
    excludeModels: like?.excludeModels ?? [],
    prefix: like?.prefix,
    priority: 0,
    weight: 1,
    maxConcurrency: undefined,
    cooldownEnabled: like?.cooldownEnabled ?? true,
    origin: 'database',
  };
}

/** The same object where nothing has changed: what is remembered of an account hangs on it. */
function changed(declaration: AccountDeclaration, { changes }: ManagedState): AccountDeclaration {
  const change = changes[declaration.account.id];
  if (change === undefined) return declaration;
  const { enabled = declaration.enabled, priority = declaration.priority } = change;
  return { ...declaration, enabled, priority };
}

function withStrategies(settings: RuntimeSettings, strategies: ManagedState['strategies']): RuntimeSettings {
  if (Object.keys(strategies).length === 0) return settings;
  const routing: RoutingSettings = settings.routing ?? DEFAULT_ROUTING;
  return { ...settings, routing: { ...routing, providers: { ...routing.providers, ...strategies } } };
}

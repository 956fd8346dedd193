import type { AccountDeclaration, RuntimeSettings, RuntimeSnapshot } from '@sluice/config';
import type { Account } from '@sluice/provider-kit';
import type { Route, Target } from '@sluice/routing';

/** An account of the provider `acme` as the configuration would declare it, with everything else by default. */
export function declareAccount(
  id: string,
  overrides: Partial<AccountDeclaration> = {},
  account: Partial<Account> = {},
): AccountDeclaration {
  return {
    account: {
      id,
      provider: 'acme',
      settings: {},
      headers: {},
      transport: { timeouts: { connectMs: 1_000, firstByteMs: 1_000, idleMs: 1_000 } },
      ...account,
    },
    credential: { kind: 'api-key', secret: `secret-of-${id}` },
    enabled: true,
    models: undefined,
    excludeModels: [],
    prefix: undefined,
    priority: 0,
    weight: 1,
    maxConcurrency: undefined,
    cooldownEnabled: true,
    origin: 'file',
    ...overrides,
  };
}

export const SETTINGS: RuntimeSettings = {
  allowUnauthenticated: true,
  maxBodyBytes: 1_000_000,
  bodyTimeoutMs: 1_000,
  corsOrigins: '*',
  trustedProxies: [],
  retry: { maxAttempts: 6, maxWaitMs: 10_000, deadlineMs: 60_000 },
  echoModel: false,
  metricsPublic: false,
};

/** A snapshot with these accounts and settings and nothing else of interest. */
export function declareSnapshot(
  accounts: readonly AccountDeclaration[] = [],
  settings: Partial<RuntimeSettings> = {},
  revision = 1,
): RuntimeSnapshot {
  return { revision, accounts, models: [], apiKeys: [], settings: { ...SETTINGS, ...settings } };
}

/** A target that is served by these accounts, under the name `model`. */
export function targetOf(accounts: readonly AccountDeclaration[], model = 'vendor-model'): Target {
  return { candidates: accounts.map((declaration) => ({ declaration, model })) };
}

export function routeOf(...targets: readonly Target[]): Route {
  return { requestedModel: 'client-model', targets };
}

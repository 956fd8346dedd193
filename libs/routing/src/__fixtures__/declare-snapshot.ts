import type { AccountDeclaration, ModelAlias, RuntimeSnapshot } from '@sluice/config';

/** A snapshot with these accounts and aliases and nothing else of interest. */
export function declareSnapshot(
  accounts: readonly AccountDeclaration[],
  models: readonly ModelAlias[] = [],
): RuntimeSnapshot {
  return {
    revision: 1,
    accounts,
    models,
    apiKeys: [],
    settings: {
      allowUnauthenticated: false,
      maxBodyBytes: 1,
      bodyTimeoutMs: 1,
      corsOrigins: '*',
      trustedProxies: [],
      retry: { maxAttempts: 1, maxWaitMs: 0, deadlineMs: 1 },
      echoModel: false,
      metricsPublic: false,
    },
  };
}

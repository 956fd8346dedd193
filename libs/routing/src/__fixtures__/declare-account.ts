import type { AccountDeclaration } from '@sluice/config';
import type { Account } from '@sluice/provider-kit';

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
    credential: { kind: 'api-key', secret: `secret of ${id}` },
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

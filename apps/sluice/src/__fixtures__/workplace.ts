import { MemoryCredentialStore } from '@sluice/accounts';
import type { AccountDeclaration } from '@sluice/config';
import type { Credential, LoginProvider, StoredLogin } from '@sluice/provider-kit';
import type { Explanation } from '@sluice/routing';
import type { Workplace } from '../logins/workplace.js';
import type { Terminal } from '../terminal.js';

/** What time it is at a {@link fakeWorkplace}: an hour before the logins of {@link storedLogin} end. */
export const NOW_MS = Date.UTC(2025, 11, 31, 23);

/** A terminal that remembers. */
export function recordingTerminal(): Terminal & { readonly printed: string[]; readonly warned: string[] } {
  const [printed, warned]: [string[], string[]] = [[], []];
  return { printed, warned, print: (line) => void printed.push(line), warn: (line) => void warned.push(line) };
}

/** A login as a provider hands it over, recognisable by its name. */
export function storedLogin(name: string, members: StoredLogin['members'] = {}): StoredLogin {
  const credential: Credential = {
    kind: 'oauth',
    secret: `access-token-of-the-login-${name}`,
    expiresAtMs: Date.UTC(2026, 0, 1),
    details: { seed: `seed-${name}` },
  };
  return { place: `logins.json#${name}`, summary: `login ${name}`, credential, members };
}

/** A declared account. Without a credential its login is in the store. */
export function declare(
  id: string,
  { credential, ...rest }: Partial<Omit<AccountDeclaration, 'account'>> & { provider?: string } = {},
): AccountDeclaration {
  const { provider = 'acme', ...others } = rest;
  return {
    account: {
      id,
      provider,
      settings: { declared: id },
      headers: {},
      transport: { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1 } },
    },
    credential,
    enabled: true,
    models: undefined,
    excludeModels: [],
    prefix: undefined,
    priority: 0,
    weight: 1,
    maxConcurrency: undefined,
    cooldownEnabled: true,
    origin: 'file',
    ...others,
  };
}

/** The provider `acme` with what a spec gives it, and `plain`, which has no logins. */
export function fakeWorkplace(
  acme: Partial<LoginProvider> = {},
  { accounts = [], explanation = { targets: [], isSplit: false, accounts: [] }, ...rest }: Partial<Workplace> & { explanation?: Explanation } = {},
): Workplace {
  const store = new MemoryCredentialStore();
  const providers: Readonly<Record<string, Partial<LoginProvider>>> = { acme, plain: {} };
  return {
    provider: (id) => providers[id] as LoginProvider | undefined, // the commands use nothing else of it
    providerIds: ['acme', 'plain'],
    accounts,
    keyNames: ['local'],
    configFile: 'sluice.yaml',
    store,
    directory: './.sluice',
    now: () => NOW_MS,
    credential: async ({ account, credential }) => (await store.get(account.id)) ?? (credential as Credential), // declared
    explain: async () => explanation,
    close: async () => {},
    ...rest,
  };
}

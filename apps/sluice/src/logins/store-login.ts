import type { CredentialStore } from '@sluice/accounts';
import type { AccountDeclaration } from '@sluice/config';
import type { Credential, StoredLogin } from '@sluice/provider-kit';

/** How many accounts of a provider are numbered; whoever has more names them. */
export const MAX_NUMBERED_ACCOUNTS = 1_000;

export interface LoginStoring {
  readonly provider: string;
  readonly store: CredentialStore;
  readonly accounts: readonly AccountDeclaration[];
  /** The account to store it for, whatever it had; absent = one that has no login yet. */
  readonly accountId?: string | undefined;
  readonly isDryRun: boolean;
  /** Ids that this run has given away already; added to. */
  readonly taken: Map<string, Credential>;
}

/** There is no account left to store a login for. */
export class NoFreeAccountError extends Error {
  override readonly name = 'NoFreeAccountError';
}

/** Where a login ended up. */
export interface StoredPlace {
  readonly accountId: string;
  readonly outcome: 'stored' | 'unchanged' | 'replaced';
}

/**
 * Puts a login into the store, once: one that is there already stays as it is, also when it has been renewed since.
 * @throws CredentialStoreError; NoFreeAccountError when every numbered account has a login
 */
export async function storeLogin({ credential }: StoredLogin, storing: LoginStoring): Promise<StoredPlace> {
  const place = await findPlace(credential, storing);
  if (place.outcome === 'unchanged') return place;
  storing.taken.set(place.accountId, credential);
  if (!storing.isDryRun) await storing.store.put(place.accountId, credential);
  return place;
}

async function findPlace(credential: Credential, storing: LoginStoring): Promise<StoredPlace> {
  const { accountId, store, taken } = storing;
  const known = async (id: string): Promise<Credential | undefined> => taken.get(id) ?? (await store.get(id));
  if (accountId !== undefined) {
    const stored = await known(accountId);
    if (stored === undefined) return { accountId, outcome: 'stored' };
    return { accountId, outcome: isSame(stored, credential) ? 'unchanged' : 'replaced' };
  }
  let free: string | undefined;
  for (const id of possibleIds(storing)) {
    const stored = await known(id);
    if (stored === undefined) free ??= id;
    else if (isSame(stored, credential)) return { accountId: id, outcome: 'unchanged' };
  }
  if (free !== undefined) return { accountId: free, outcome: 'stored' };
  throw new NoFreeAccountError(
    `There are ${MAX_NUMBERED_ACCOUNTS} logins of ${storing.provider} already; name an account with --account.`,
  );
}

/** The declared accounts that wait for a login, then numbered ones that nobody has declared as something else. */
export function possibleIds({ provider, accounts }: Pick<LoginStoring, 'provider' | 'accounts'>): readonly string[] {
  const waiting = accounts.filter(
    ({ account, credential }) => account.provider === provider && credential === undefined,
  );
  const declared = new Set(accounts.map(({ account }) => account.id));
  const numbered = Array.from({ length: MAX_NUMBERED_ACCOUNTS }, (_empty, index) => `${provider}-${index + 1}`);
  return [...waiting.map(({ account }) => account.id), ...numbered.filter((id) => !declared.has(id))];
}

/** A provider marks a login with a seed that outlives its renewals. */
function isSame(stored: Credential, found: Credential): boolean {
  const seed = found.details?.['seed'];
  return seed === undefined ? stored.secret === found.secret : stored.details?.['seed'] === seed;
}

import type { AccountDeclaration } from '@sluice/config';
import { GatewayError, type Balance, type Credential } from '@sluice/provider-kit';
import { explainFailure } from '../explain-failure.js';
import type { Workplace } from '../logins/workplace.js';
import { maskSecret } from '../mask-secret.js';

/**
 * `ready`: it has all that a call needs; `no login`: it waits for one; `refused`: the vendor does not take its login any more (only
 * known when it is asked for limits); `not declared`: a stored login that nobody uses.
 */
export type AccountState = 'ready' | 'disabled' | 'no login' | 'refused' | 'not declared';

/** What an account proves itself with, and no more of it than tells it from others. */
export interface LoginReport {
  readonly kind: string;
  /** Masked; undefined = there is none until the first call. */
  readonly secret: string | undefined;
  /** Whether it is in the credential store. */
  readonly isStored: boolean;
  /** Whose it is, as the vendor calls them. */
  readonly name: string | undefined;
}

export type LimitsReport =
  | { readonly type: 'told'; readonly balance: Balance }
  | { readonly type: 'not told' }
  | { readonly type: 'failed'; readonly message: string };

/** What there is to say of one account. */
export interface AccountReport {
  readonly id: string;
  /** Undefined = nobody declares the account, and its name does not tell. */
  readonly provider: string | undefined;
  readonly state: AccountState;
  /** Undefined = it has none. */
  readonly login: LoginReport | undefined;
  /** The end of its access token, not of its login; milliseconds since the epoch. Undefined = it has no end, or nobody knows. */
  readonly endsAtMs: number | undefined;
  /** The name of the client key that alone may use it. */
  readonly owner: string | undefined;
  /** Undefined = nobody asked, or the vendor cannot be asked. */
  readonly limits: LimitsReport | undefined;
}

/** A vendor is asked for what is left for no longer than this. */
export const LIMITS_TIMEOUT_MS = 15_000;

const KEY_PRINCIPAL = /^key:/;
const NUMBER = /-\d+$/;

/** Everything about a declared account. */
export async function reportAccount(
  declaration: AccountDeclaration,
  { limits: withLimits }: { readonly limits: boolean },
  place: Workplace,
): Promise<AccountReport> {
  const { account, enabled, owner } = declaration;
  const before = await credentialOf(declaration, place);
  const state = !enabled ? 'disabled' : before.credential === undefined ? 'no login' : 'ready';
  const asked = withLimits && state === 'ready' ? await askLimits(declaration, place) : undefined;
  // asking may have renewed it
  const { credential, isStored } = asked === undefined ? before : await credentialOf(declaration, place);
  return {
    id: account.id,
    provider: account.provider,
    state: asked?.isRefused === true ? 'refused' : state,
    login: credential && describeLogin(credential, isStored),
    endsAtMs: endOf(credential),
    owner: owner?.replace(KEY_PRINCIPAL, ''),
    limits: asked?.limits,
  };
}

/** A login in the store that no declared account has. Those that a command has numbered are called after their provider. */
export function reportIdleLogin(id: string, credential: Credential, providerIds: readonly string[]): AccountReport {
  const name = id.replace(NUMBER, '');
  return {
    id,
    provider: providerIds.includes(name) ? name : undefined,
    state: 'not declared',
    login: describeLogin(credential, true),
    endsAtMs: endOf(credential),
    owner: undefined,
    limits: undefined,
  };
}

interface FoundCredential {
  readonly credential: Credential | undefined;
  readonly isStored: boolean;
}

/** The stored one, where the account has a login; a key never changes. */
async function credentialOf(
  { account, credential: declared }: AccountDeclaration,
  { store }: Workplace,
): Promise<FoundCredential> {
  const isLogin = declared === undefined || declared.expiresAtMs !== undefined;
  const stored = isLogin ? await store.get(account.id) : undefined;
  return { credential: stored ?? declared, isStored: stored !== undefined };
}

function describeLogin({ kind, secret, details }: Credential, isStored: boolean): LoginReport {
  const name = details?.['login'] ?? details?.['email'];
  return { kind, secret: secret === '' ? undefined : maskSecret(secret), isStored, name };
}

/** A provider may let a token count as run out before the vendor does. */
function endOf(credential: Credential | undefined): number | undefined {
  if (credential?.expiresAtMs === undefined) return undefined;
  const endMs = Number(credential.details?.['endsAtMs'] ?? credential.expiresAtMs);
  return Number.isFinite(endMs) && endMs > 0 ? endMs : undefined;
}

interface AskedLimits {
  readonly limits: LimitsReport;
  readonly isRefused: boolean;
}

/** Undefined = the provider cannot be asked. */
async function askLimits(declaration: AccountDeclaration, place: Workplace): Promise<AskedLimits | undefined> {
  const { account } = declaration;
  const provider = place.provider(account.provider);
  if (provider?.balance === undefined) return undefined;
  try {
    const credential = await place.credential(declaration);
    const balance = await provider.balance(account, credential, AbortSignal.timeout(LIMITS_TIMEOUT_MS));
    return { limits: balance === undefined ? { type: 'not told' } : { type: 'told', balance }, isRefused: false };
  } catch (error) {
    const isRefused = error instanceof GatewayError && error.kind === 'upstream_auth_failed';
    return { limits: { type: 'failed', message: explainFailure(error) }, isRefused };
  }
}

import type { AccountDeclaration } from '@sluice/config';
import type { Credential } from '@sluice/provider-kit';
import { explainFailure } from './explain-failure.js';
import type { Balance } from './logins/login-provider.js';
import { possibleIds } from './logins/store-login.js';
import type { Workplace } from './logins/workplace.js';
import { maskSecret } from './mask-secret.js';
import { formatTable } from './format-table.js';
import type { Terminal } from './terminal.js';

/** A vendor is asked for what is left for no longer than this. */
const LIMITS_TIMEOUT_MS = 15_000;

export interface AccountsRequest {
  /** Ask the vendors what is left. */
  readonly limits?: boolean | undefined;
}

/** `sluice accounts`: every account, and what it would be called with. @returns the exit code */
export async function listAccounts(
  { limits = false }: AccountsRequest,
  place: Workplace,
  terminal: Terminal,
): Promise<number> {
  const rows = await Promise.all(place.accounts.map((declaration) => rowOf(declaration, limits, place)));
  const head = ['ACCOUNT', 'PROVIDER', 'STATE', 'CREDENTIAL', 'TOKEN UNTIL', ...(limits ? ['LIMITS'] : [])];
  if (rows.length === 0) terminal.print('There are no accounts: there is no configuration, or it declares none.');
  else for (const line of formatTable([head, ...rows])) terminal.print(line);
  const idle = await undeclaredLogins(place);
  if (idle.length > 0) {
    terminal.warn(`Stored logins of accounts that are not declared, and so are not used: ${idle.join(', ')}.`);
  }
  return 0;
}

async function rowOf(declaration: AccountDeclaration, limits: boolean, place: Workplace): Promise<readonly string[]> {
  const { account, credential: declared, enabled } = declaration;
  const stored =
    declared === undefined || declared.expiresAtMs !== undefined ? await place.store.get(account.id) : undefined;
  const credential = stored ?? declared;
  const state = !enabled ? 'disabled' : credential === undefined ? 'no login' : 'ready';
  return [
    account.id,
    account.provider,
    state,
    describeCredential(credential, stored !== undefined),
    describeEnd(credential),
    ...(limits ? [state === 'ready' ? await describeLimits(declaration, place) : '-'] : []),
  ];
}

function describeCredential(credential: Credential | undefined, isStored: boolean): string {
  if (credential === undefined) return 'npx sluice login';
  const { kind, secret } = credential;
  if (kind === 'none') return 'none is needed';
  if (secret === '') return `${kind}, renewed with its first call`;
  return `${kind} ${maskSecret(secret)}${isStored ? ', stored' : ''}`;
}

function describeEnd(credential: Credential | undefined): string {
  if (credential === undefined) return '-';
  const { expiresAtMs, details } = credential;
  const endMs = Number(details?.['endsAtMs'] ?? expiresAtMs ?? 0);
  if (expiresAtMs === undefined) return 'no end is known';
  return endMs === 0 ? '-' : new Date(endMs).toISOString();
}

async function describeLimits(declaration: AccountDeclaration, place: Workplace): Promise<string> {
  const { account } = declaration;
  const provider = place.provider(account.provider);
  if (provider?.balance === undefined) return '-';
  try {
    const credential = await place.credential(declaration);
    const balance = await provider.balance(account, credential, AbortSignal.timeout(LIMITS_TIMEOUT_MS));
    return balance === undefined ? 'not told' : describeBalance(balance);
  } catch (error) {
    return explainFailure(error);
  }
}

function describeBalance({ used, limit, plan, resetsAtMs }: Balance): string {
  const resets = resetsAtMs === undefined ? '' : `, until ${new Date(resetsAtMs).toISOString().slice(0, 10)}`;
  return `${used} of ${limit} used${resets}${plan === undefined ? '' : ` (${plan})`}`;
}

/** Of providers whose logins the commands number. */
async function undeclaredLogins({ providerIds, provider, accounts, store }: Workplace): Promise<readonly string[]> {
  const declared = new Set(accounts.map(({ account }) => account.id));
  const able = providerIds.filter((id) => provider(id)?.logIn !== undefined);
  const ids = able.flatMap((id) => possibleIds({ provider: id, accounts })).filter((id) => !declared.has(id));
  const idle: string[] = [];
  for (const id of ids) if ((await store.get(id)) !== undefined) idle.push(id);
  return idle;
}

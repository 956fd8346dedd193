import { createHash } from 'node:crypto';
import type {
  AccountActivity,
  AccountPool,
  CandidateStanding,
  CredentialStore,
  ManagedAccounts,
} from '@sluice/accounts';
import type { AccountDeclaration } from '@sluice/config';
import type { Clock, JsonObject } from '@sluice/core';
import type { Credential } from '@sluice/provider-kit';

const SHOWN_START = 4;
const SHOWN_END = 4;
/** Of a shorter secret the shown ends would be too much. */
const MIN_MASKED_CHARACTERS = 24;

export interface CredentialRowsDependencies {
  readonly accounts: ManagedAccounts;
  readonly pool: AccountPool;
  readonly store: CredentialStore;
  readonly activity: AccountActivity;
  readonly clock: Clock;
}

/** Accounts as kiro-rs's admin API lists credentials. Secrets appear as hashes, or masked. */
export class CredentialRows {
  constructor(private readonly dependencies: CredentialRowsDependencies) {}

  async list(provider: string): Promise<JsonObject> {
    const declarations = this.dependencies.accounts.list(provider);
    const current = this.#current(declarations);
    const credentials = await Promise.all(declarations.map((one) => this.#row(one, one === current)));
    return {
      total: credentials.length,
      available: declarations.filter(({ enabled }) => enabled).length,
      currentId: current === undefined ? 0 : this.dependencies.accounts.numberOf(current.account.id),
      credentials,
    };
  }

  /** The one that was used last, else the one that would be asked first. */
  #current(declarations: readonly AccountDeclaration[]): AccountDeclaration | undefined {
    const enabled = declarations.filter((one) => one.enabled);
    const usedAtMs = ({ account }: AccountDeclaration): number =>
      this.dependencies.activity.of(account.id).lastUsedAtMs ?? 0;
    return enabled.toSorted((one, other) => usedAtMs(other) - usedAtMs(one))[0];
  }

  async #row(declaration: AccountDeclaration, isCurrent: boolean): Promise<JsonObject> {
    const { accounts, store, activity, pool, clock } = this.dependencies;
    const { account, enabled, priority, origin } = declaration;
    const credential = (await store.get(account.id)) ?? declaration.credential;
    const { successes, failures, lastUsedAtMs } = activity.of(account.id);
    const standing = pool.standingOf({ declaration, model: '' }, { nowMs: clock.now(), exclude: new Set() });
    return {
      id: accounts.numberOf(account.id),
      accountId: account.id,
      origin,
      priority,
      disabled: !enabled,
      ...(!enabled && { disabledReason: 'Manual' }),
      ...restOf(standing),
      failureCount: failures,
      isCurrent,
      ...loginOf(credential, account.settings),
      successCount: successes,
      lastUsedAt: instant(lastUsedAtMs),
      ...proxyOf(account.transport.proxyUrl),
      endpoint: account.settings['endpoint'] === undefined ? 'ide' : String(account.settings['endpoint']),
    };
  }
}

/** Without the name and the password that the proxy wants. */
function proxyOf(proxyUrl: string | undefined): JsonObject {
  if (proxyUrl === undefined || proxyUrl === 'direct') return { hasProxy: false };
  if (!URL.canParse(proxyUrl)) return { hasProxy: true };
  const url = new URL(proxyUrl);
  url.username = '';
  url.password = '';
  return { hasProxy: true, proxyUrl: url.href };
}

/** Why an account that is not disabled is not asked now. */
function restOf(standing: CandidateStanding): JsonObject {
  if (standing.type !== 'cooling' && standing.type !== 'soft') return {};
  return { restingUntil: instant(standing.untilMs), restingReason: standing.kind };
}

function loginOf(credential: Credential | undefined, settings: Readonly<Record<string, unknown>>): JsonObject {
  const { kind, secret = '', details = {} } = credential ?? {};
  const isKey = kind === 'api-key';
  const endsAtMs = Number(details['endsAtMs'] ?? credential?.expiresAtMs ?? 0);
  return {
    expiresAt: isKey ? null : instant(endsAtMs === 0 ? undefined : endsAtMs),
    authMethod: isKey ? 'api_key' : (details['authMethod'] ?? null),
    hasProfileArn: (details['profileArn'] ?? settings['profileArn']) !== undefined,
    refreshTokenHash: hashOf(details['refreshToken']),
    apiKeyHash: isKey ? hashOf(secret) : null,
    maskedApiKey: isKey ? mask(secret) : null,
    email: details['email'] ?? null,
  };
}

function instant(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

function hashOf(secret: string | undefined): string | null {
  return secret === undefined || secret === '' ? null : createHash('sha256').update(secret).digest('hex');
}

function mask(secret: string): string {
  if (secret.length < MIN_MASKED_CHARACTERS) return '(short)';
  return `${secret.slice(0, SHOWN_START)}…${secret.slice(-SHOWN_END)}`;
}

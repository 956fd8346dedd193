import type { AccountHistory, AccountPool, CredentialSource, LoginState } from '@sluice/accounts';
import type { AccountDeclaration, SnapshotStore } from '@sluice/config';
import { GatewayError, redactText, type Clock } from '@sluice/core';
import type { AccountPage, AccountReport, ReportedStanding, UnreadLogin } from './account-report.js';

/** Accounts that one answer tells of. */
export const MAX_LISTED_ACCOUNTS = 1_000;

export interface AccountReporterDependencies {
  readonly snapshots: SnapshotStore;
  readonly pool: AccountPool;
  readonly credentials: CredentialSource;
  readonly history: AccountHistory;
  readonly clock: Clock;
}

/** Which accounts somebody wants to hear of. Null = all. */
export interface AccountQuestion {
  readonly account: string | null;
  readonly provider: string | null;
  /** Only those that are declared after this one. */
  readonly after: string | null;
}

const UNREAD: UnreadLogin = { error: 'The store of logins could not be read; the log says why.' };

/** Tells how accounts do. */
export class AccountReporter {
  constructor(private readonly dependencies: AccountReporterDependencies) {}

  /** @throws GatewayError `not_found` for an account that is not declared */
  async list({ account, provider, after }: AccountQuestion): Promise<AccountPage> {
    const { snapshots, clock } = this.dependencies;
    const wanted = snapshots.current.accounts.filter(
      (declaration) =>
        (account === null || declaration.account.id === account) &&
        (provider === null || declaration.account.provider === provider),
    );
    if (account !== null && wanted.length === 0) throw noSuchAccount(account);
    const start = after === null ? 0 : positionAfter(wanted, after);
    const listed = wanted.slice(start, start + MAX_LISTED_ACCOUNTS);
    const last = listed.at(-1)?.account.id;
    return {
      nowMs: clock.now(),
      total: wanted.length,
      ...(last !== undefined && start + listed.length < wanted.length && { next: last }),
      accounts: await Promise.all(listed.map((declaration) => this.report(declaration))),
    };
  }

  async report(declaration: AccountDeclaration): Promise<AccountReport> {
    const { pool, history, clock, snapshots } = this.dependencies;
    const { account, origin, enabled, owner, priority, weight, models, excludeModels, prefix } = declaration;
    const login = await this.loginOf(declaration);
    const condition = pool.inspect(declaration, clock.now(), snapshots.current.settings.routing);
    const { counts, lastFailure } = history.of(account.id);
    const limits = pool.limitsOf(declaration);
    return {
      accountId: account.id,
      provider: account.provider,
      origin,
      enabled,
      ...(owner !== undefined && { owner }),
      priority,
      weight,
      ...(models !== undefined && { models }),
      excludeModels,
      ...(prefix !== undefined && { prefix }),
      ...condition,
      standing: standingWith(condition.standing, login, declaration),
      login,
      ...(limits !== undefined && { limits }),
      counts,
      ...(lastFailure !== undefined && {
        lastFailure: { ...lastFailure, message: redactText(lastFailure.message) },
      }),
    };
  }

  /** What an account proves itself with, as far as that can be read. */
  async loginOf(declaration: AccountDeclaration): Promise<LoginState | UnreadLogin> {
    try {
      return await this.dependencies.credentials.loginOf(declaration);
    } catch {
      return UNREAD; // whoever calls through the account is told why, and the log is
    }
  }
}

/** Of an account that is not disabled, a missing login says more than how it did before. */
export function standingWith(
  standing: Exclude<ReportedStanding, { readonly type: 'needs-login' }>,
  login: LoginState | UnreadLogin,
  { account }: AccountDeclaration,
): ReportedStanding {
  if (standing.type === 'disabled' || 'error' in login || !login.needsLogin) return standing;
  const command = `npx sluice login ${account.provider} --account ${account.id}`;
  const why = login.kind === undefined ? 'It has no login.' : 'Its vendor has refused to renew its login.';
  return { type: 'needs-login', message: `${why} Log in with "${command}".` };
}

function positionAfter(declarations: readonly AccountDeclaration[], id: string): number {
  const at = declarations.findIndex(({ account }) => account.id === id);
  if (at < 0) throw noSuchAccount(id);
  return at + 1;
}

function noSuchAccount(id: string): GatewayError {
  return new GatewayError({
    kind: 'not_found',
    message: `No account of this name is declared: ${JSON.stringify(id.slice(0, 100))}. Ask without a name to see all.`,
  });
}

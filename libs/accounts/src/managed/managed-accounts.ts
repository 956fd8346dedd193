import {
  DEFAULT_ROUTING,
  type AccountDeclaration,
  type RuntimeSnapshot,
  type SelectionStrategy,
  type SnapshotStore,
} from '@sluice/config';
import { GatewayError, type Logger } from '@sluice/core';
import type {
  Account,
  AccountChange,
  BroughtAccount,
  Credential,
  LoginProvider,
  ProviderRegistry,
} from '@sluice/provider-kit';
import type { AccountPool } from '../account-pool.js';
import type { CredentialSource } from '../credential-source.js';
import type { CredentialStore } from '../credential-store.js';
import type { AccountActivity } from './account-activity.js';
import type { AccountBalances } from './account-balances.js';
import { NOTHING_MANAGED, type AddedAccount, type ManagedState, type ManagedStateStore } from './managed-state.js';
import { accountLike, declarationOf, overlaySnapshot } from './overlay-snapshot.js';

/** Accounts that can be added to the declared ones. */
export const MAX_ADDED_ACCOUNTS = 1_000;
/** The highest number; as in the configuration. */
export const MAX_PRIORITY = 1_000;
/** How long the first renewal of a login that somebody brings may take. */
export const LOGIN_CHECK_TIMEOUT_MS = 30_000;

export interface ManagedAccountsDependencies {
  readonly snapshots: SnapshotStore;
  readonly providers: ProviderRegistry;
  readonly pool: AccountPool;
  readonly store: CredentialStore;
  readonly credentials: CredentialSource;
  readonly balances: AccountBalances;
  readonly activity: AccountActivity;
  readonly logger: Logger;
}

/**
 * Changes accounts while the gateway runs: each change makes a new snapshot, which counts from the next request on, and is kept.
 * What the configuration declares is not changed itself: a reload keeps the changes.
 */
export class ManagedAccounts {
  #declared: RuntimeSnapshot | undefined;
  #state: ManagedState = NOTHING_MANAGED;
  /** As in the state, with those that were given since it was kept. */
  #numbers = new Map<string, number>();
  #stateStore: ManagedStateStore | undefined;
  #changing: Promise<unknown> = Promise.resolve();

  constructor(private readonly dependencies: ManagedAccountsDependencies) {}

  /** Keeps changes here from now on, and takes over what is there. @throws what the store throws */
  async keepIn(store: ManagedStateStore): Promise<void> {
    this.#state = (await store.load()) ?? NOTHING_MANAGED;
    this.#numbers = new Map(Object.entries(this.#state.numbers));
    this.#stateStore = store;
  }

  /**
   * Puts what is declared in force, with the changes. What was written into the files of accounts is declared by now.
   * @returns the snapshot that counts now
   */
  declare(snapshot: RuntimeSnapshot): RuntimeSnapshot {
    this.#declared = snapshot;
    const changes = Object.entries(this.#state.changes).filter(([, { isInFile }]) => isInFile !== true);
    this.#state = { ...this.#state, changes: Object.fromEntries(changes) };
    return this.#replace();
  }

  /** Accounts of one provider, preferred ones first. */
  list(provider: string): readonly AccountDeclaration[] {
    const found = this.dependencies.snapshots.current.accounts.filter(({ account }) => account.provider === provider);
    return found.toSorted((one, other) => one.priority - other.priority);
  }

  /** @param name the account's id or its number. @throws GatewayError `not_found` */
  find(provider: string, name: string): AccountDeclaration {
    const found = this.list(provider).find(
      ({ account }) => account.id === name || String(this.numberOf(account.id)) === name,
    );
    if (found !== undefined) return found;
    throw new GatewayError({
      kind: 'not_found',
      message: `There is no credential ${JSON.stringify(name.slice(0, 64))}.`,
    });
  }

  /** The same for as long as the account exists; given when it is first asked for. */
  numberOf(accountId: string): number {
    const known = this.#numbers.get(accountId);
    if (known !== undefined) return known;
    const number = Math.max(0, ...this.#numbers.values()) + 1;
    this.#numbers.set(accountId, number);
    return number;
  }

  setEnabled({ account }: AccountDeclaration, enabled: boolean): Promise<void> {
    return this.#change(account, { enabled }, enabled ? 'enabled' : 'disabled');
  }

  /** @throws GatewayError `invalid_request` */
  async setPriority({ account }: AccountDeclaration, priority: number): Promise<void> {
    assertPriority(priority);
    return this.#change(account, { priority }, 'preferred');
  }

  /** What went wrong is forgotten, and the account is used again. */
  async reset(declaration: AccountDeclaration): Promise<void> {
    const { pool, activity, balances } = this.dependencies;
    const { id } = declaration.account;
    pool.forgive(declaration);
    activity.forget(id);
    balances.forget(id);
    await this.#change(declaration.account, { enabled: true }, 'reset');
  }

  strategyOf(provider: string): SelectionStrategy {
    const { strategy, providers } = this.dependencies.snapshots.current.settings.routing ?? DEFAULT_ROUTING;
    return providers[provider] ?? strategy;
  }

  async setStrategy(provider: string, strategy: SelectionStrategy): Promise<void> {
    await this.#apply((state) => ({ ...state, strategies: { ...state.strategies, [provider]: strategy } }));
    this.#audit('strategy changed', { provider, strategy });
  }

  /**
   * Adds an account with its login.
   * @param options `isProven`: the vendor has just made the login; else it is renewed first where it can be, so that one that the
   *   vendor does not know is not kept
   * @throws GatewayError `invalid_request` for a login that is there already; as the vendor refused
   */
  async add(
    provider: string,
    brought: BroughtAccount,
    { priority, isProven = false }: { readonly priority?: number; readonly isProven?: boolean } = {},
  ): Promise<AccountDeclaration> {
    if (priority !== undefined) assertPriority(priority);
    if (this.#state.added.length >= MAX_ADDED_ACCOUNTS) {
      throw invalid(`No more than ${MAX_ADDED_ACCOUNTS} accounts can be added.`);
    }
    for (const { account } of this.list(provider)) this.numberOf(account.id); // older ones come first
    await this.#assertNew(provider, brought.credential);
    const id = await this.#freeId(provider);
    const added = { id, provider, settings: brought.settings };
    const credential = isProven ? brought.credential : await this.#prove(added, brought.credential);
    await this.dependencies.store.put(id, credential);
    await this.#apply((state) => ({
      ...state,
      added: [...state.added, added],
      ...(priority !== undefined && { changes: { ...state.changes, [id]: { priority } } }),
    }));
    this.#audit('added', { accountId: id, provider });
    return this.find(provider, id);
  }

  /** @throws GatewayError `invalid_request` for one that is enabled, or that the configuration declares */
  async remove({ account, enabled, origin }: AccountDeclaration): Promise<void> {
    const { id } = account;
    if (enabled) throw invalid('A credential has to be disabled before it is deleted.');
    if (origin !== 'database') throw invalid(`The configuration declares the account "${id}": take it out there.`);
    await this.#apply((state) => {
      const changes = Object.fromEntries(Object.entries(state.changes).filter(([changed]) => changed !== id));
      return { ...state, changes, added: state.added.filter((added) => added.id !== id) };
    });
    await this.dependencies.store.delete(id);
    this.dependencies.balances.forget(id);
    this.#audit('deleted', { accountId: id, provider: account.provider });
  }

  /** Renews a login before its time. @throws GatewayError `invalid_request` for a key; as the vendor refused */
  async renew(declaration: AccountDeclaration): Promise<void> {
    const { providers, credentials } = this.dependencies;
    const { account } = declaration;
    const provider = providers.get(account.provider);
    const current = await credentials.current(declaration, provider);
    const renewed = current.kind === 'oauth' ? await credentials.renew(declaration, provider, current) : undefined;
    if (renewed === undefined) throw invalid(`The account "${account.id}" has a key, and keys are not renewed.`);
    this.#audit('renewed', { accountId: account.id });
  }

  /** An account of the provider whose hosts and habits a new one takes over. */
  like(provider: string): AccountDeclaration | undefined {
    return accountLike(provider, this.#base);
  }

  /** The revision grows with every change, also with those that nobody has declared. */
  #replace(): RuntimeSnapshot {
    const { snapshots } = this.dependencies;
    const revision = Math.max(this.#base.revision, snapshots.current.revision + 1);
    const next = { ...overlaySnapshot(this.#base, this.#state), revision };
    snapshots.replace(next);
    return next;
  }

  /** @returns the login as the vendor renewed it */
  async #prove(added: AddedAccount, credential: Credential): Promise<Credential> {
    const provider = this.dependencies.providers.get(added.provider);
    if (credential.kind !== 'oauth' || provider.refreshCredential === undefined) return credential;
    const { account } = declarationOf(added, this.#base);
    return provider.refreshCredential(credential, account, AbortSignal.timeout(LOGIN_CHECK_TIMEOUT_MS));
  }

  get #base(): RuntimeSnapshot {
    return this.#declared ?? this.dependencies.snapshots.current;
  }

  async #change(account: Account, change: AccountChange, what: string): Promise<void> {
    const { id: accountId } = account;
    const { enabled, priority } = { ...this.#state.changes[accountId], ...change };
    const all: AccountChange = {
      ...(enabled !== undefined && { enabled }),
      ...(priority !== undefined && { priority }),
    };
    const isInFile = await this.#isNotedInFile(account, all);
    await this.#apply((state) => ({
      ...state,
      changes: { ...state.changes, [accountId]: { ...all, ...(isInFile && { isInFile }) } },
    }));
    this.#audit(what, { accountId, ...change });
  }

  /** For the program that the file belongs to. A file that cannot be written does not stand in the way of the change. */
  async #isNotedInFile(account: Account, change: AccountChange): Promise<boolean> {
    const { providers, logger } = this.dependencies;
    try {
      return (await managedProvider(providers, account.provider).noteChange?.(account, change)) === true;
    } catch (error) {
      logger.warn('a change of an account could not be written into its file; it is kept here', {
        accountId: account.id,
        reason: error instanceof Error ? error.message : String(error),
      });
      return false;
    }
  }

  /** One after the other, and kept before it counts. */
  #apply(change: (state: ManagedState) => ManagedState): Promise<void> {
    const changing = this.#changing.then(async () => {
      const next = { ...change(this.#state), numbers: Object.fromEntries(this.#numbers) };
      await this.#stateStore?.save(next);
      this.#state = next;
      this.#replace();
    });
    this.#changing = changing.catch(() => {}); // whoever asked for it is told
    return changing;
  }

  #audit(what: string, facts: Readonly<Record<string, unknown>>): void {
    this.dependencies.logger.info(`account ${what}`, { audit: true, ...facts });
  }

  /** @throws GatewayError `invalid_request` */
  async #assertNew(provider: string, { secret, details }: Credential): Promise<void> {
    const { store } = this.dependencies;
    for (const { account, credential } of this.list(provider)) {
      const known = [credential, await store.get(account.id)].filter((one) => one !== undefined);
      const isSame = known.some((one) =>
        details?.['seed'] === undefined ? one.secret === secret : shares(one.details?.['seed'], details['seed']),
      );
      if (isSame) throw invalid(`This login is there already: the account "${account.id}".`);
    }
  }

  async #freeId(provider: string): Promise<string> {
    const declared = this.dependencies.snapshots.current.accounts.map(({ account }) => account.id);
    const taken = new Set([...declared, ...this.#numbers.keys()]); // the id of a deleted one is not given again
    for (let number = 1; ; number += 1) {
      const id = `${provider}-${number}`;
      if (!taken.has(id) && (await this.dependencies.store.get(id)) === undefined) return id;
    }
  }
}

/** @throws GatewayError `invalid_request` */
function assertPriority(priority: number): void {
  if (Number.isInteger(priority) && priority >= 0 && priority <= MAX_PRIORITY) return;
  throw invalid(`priority must be a whole number from 0 to ${MAX_PRIORITY}.`);
}

/** Each is one word, or several with blanks between them. */
function shares(one: string | undefined, other: string): boolean {
  const words = other.split(' ');
  return one?.split(' ').some((word) => words.includes(word)) === true;
}

function invalid(message: string): GatewayError {
  return new GatewayError({ kind: 'invalid_request', message });
}

/** The provider with what it offers for managing. */
export function managedProvider(providers: ProviderRegistry, id: string): LoginProvider {
  return providers.get(id);
}

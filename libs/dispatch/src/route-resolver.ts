import { GatewayError, type Clock, type Logger } from '@sluice/core';
import type { CredentialSource } from '@sluice/accounts';
import type { Principal } from '@sluice/auth';
import type { AccountDeclaration, RuntimeSnapshot } from '@sluice/config';
import { MODEL_LIST_RETRY_MS, type ModelListing, type ProviderRegistry } from '@sluice/provider-kit';
import type { ListedModel, MemoryModelCatalog, ModelRouter, Route } from '@sluice/routing';

export interface RouteResolverDependencies {
  readonly router: ModelRouter;
  readonly catalog: MemoryModelCatalog;
  readonly listing: ModelListing;
  readonly providers: ProviderRegistry;
  readonly credentials: CredentialSource;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Finds the route of a model name, and keeps what vendors say they have fresh: in the background, so that a known name never
 * waits; only a name that nobody is known to serve waits for the vendors' lists, once.
 */
export class RouteResolver {
  /** The newest snapshot that was seen. */
  #newest: RuntimeSnapshot | undefined;
  /** Who is behind each account of it. */
  #identities: ReadonlyMap<string, string> = new Map();
  #refreshAtMs = 0;
  /** The refresh that was begun last, while it runs. */
  #refreshing: Promise<void> | undefined;

  constructor(private readonly dependencies: RouteResolverDependencies) {}

  /** @throws GatewayError `model_not_found`, `permission_denied`, `no_account_available` */
  resolve(model: string, snapshot: RuntimeSnapshot, principal: Principal): Route | Promise<Route> {
    const { router } = this.dependencies;
    if (this.#isDue(snapshot)) void this.refresh(snapshot); // in the background; it never rejects
    try {
      return router.resolve(model, snapshot, principal);
    } catch (error) {
      const refreshing = this.#refreshing;
      const mayBeNew = error instanceof GatewayError && error.kind === 'model_not_found' && refreshing !== undefined;
      if (!mayBeNew) throw error;
      return refreshing.then(() => router.resolve(model, snapshot, principal));
    }
  }

  /** The names that resolve for this key, after every vendor has been asked that was not asked lately. */
  async list(snapshot: RuntimeSnapshot, principal: Principal): Promise<readonly ListedModel[]> {
    await this.refresh(snapshot);
    return this.dependencies.router.listModels(snapshot, principal);
  }

  /**
   * Asks the vendors of all accounts whose models are not all declared. Never rejects: an unknown list is an answer too.
   * For a snapshot that a newer one has replaced nobody is asked.
   */
  async refresh(snapshot: RuntimeSnapshot): Promise<void> {
    if (this.#isReplaced(snapshot)) return this.#refreshing;
    if (snapshot !== this.#newest) this.#turnTo(snapshot);
    this.#refreshAtMs = this.dependencies.clock.now() + MODEL_LIST_RETRY_MS;
    const refreshing = this.#learnAll(snapshot);
    this.#refreshing = refreshing;
    await refreshing;
    if (this.#refreshing === refreshing) this.#refreshing = undefined;
  }

  #isDue(snapshot: RuntimeSnapshot): boolean {
    if (snapshot === this.#newest) return this.dependencies.clock.now() >= this.#refreshAtMs;
    return !this.#isReplaced(snapshot);
  }

  /** A request holds on to the snapshot that it started with, also when a newer one is in force. */
  #isReplaced(snapshot: RuntimeSnapshot): boolean {
    return this.#newest !== undefined && snapshot.revision < this.#newest.revision;
  }

  /** What was learnt from an account says nothing once its address or identity has changed. */
  #turnTo(next: RuntimeSnapshot): void {
    const { catalog, listing } = this.dependencies;
    const identities = new Map(next.accounts.map((declaration) => [declaration.account.id, identityOf(declaration)]));
    for (const [id, identity] of this.#identities) {
      if (identities.get(id) === identity) continue;
      catalog.forget(id);
      listing.invalidate(id);
    }
    this.#newest = next;
    this.#identities = identities;
  }

  async #learnAll({ accounts }: RuntimeSnapshot): Promise<void> {
    await Promise.all(accounts.filter(needsList).map((declaration) => this.#learn(declaration)));
  }

  async #learn(declaration: AccountDeclaration): Promise<void> {
    const { providers, credentials, listing, catalog, logger } = this.dependencies;
    const { account } = declaration;
    try {
      const provider = providers.get(account.provider);
      const { models } = await listing.list(provider, account, await credentials.current(declaration, provider));
      const isStillDeclared = this.#identities.get(account.id) === identityOf(declaration);
      if (models.length > 0 && isStillDeclared) catalog.learn(account.id, models);
    } catch (error) {
      logger.debug('the models of an account are not known', { account: account.id, error });
    }
  }
}

/** Equal for two declarations that reach the same vendor as the same customer. Holds secrets: compared, never shown. */
function identityOf({ account, credential }: AccountDeclaration): string {
  return JSON.stringify([account.provider, account.settings, account.headers, credential?.secret]);
}

/** An account that names all its models exactly has nothing to ask for. */
function needsList({ enabled, models }: AccountDeclaration): boolean {
  return enabled && (models === undefined || models.some((glob) => /[*?]/.test(glob)));
}

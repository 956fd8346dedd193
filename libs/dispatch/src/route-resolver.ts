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
  #refreshedFor: RuntimeSnapshot | undefined;
  #refreshAtMs = 0;

  constructor(private readonly dependencies: RouteResolverDependencies) {}

  /** @throws GatewayError `model_not_found`, `permission_denied`, `no_account_available` */
  resolve(model: string, snapshot: RuntimeSnapshot, principal: Principal): Route | Promise<Route> {
    const { router } = this.dependencies;
    const refreshing = this.#refreshWhenDue(snapshot);
    try {
      return router.resolve(model, snapshot, principal);
    } catch (error) {
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

  /** Asks the vendors of all accounts whose models are not all declared. Never rejects: an unknown list is an answer too. */
  async refresh(snapshot: RuntimeSnapshot): Promise<void> {
    if (snapshot !== this.#refreshedFor) this.#forgetChanged(snapshot);
    this.#refreshedFor = snapshot;
    this.#refreshAtMs = this.dependencies.clock.now() + MODEL_LIST_RETRY_MS;
    await Promise.all(snapshot.accounts.filter(needsList).map((declaration) => this.#learn(declaration)));
  }

  #refreshWhenDue(snapshot: RuntimeSnapshot): Promise<void> | undefined {
    const isDue = snapshot !== this.#refreshedFor || this.dependencies.clock.now() >= this.#refreshAtMs;
    return isDue ? this.refresh(snapshot) : undefined;
  }

  /** What was learnt from an account says nothing once its address or identity has changed. */
  #forgetChanged(next: RuntimeSnapshot): void {
    const kept = new Map(next.accounts.map((declaration) => [declaration.account.id, identityOf(declaration)]));
    for (const declaration of this.#refreshedFor?.accounts ?? []) {
      const { id } = declaration.account;
      if (kept.get(id) === identityOf(declaration)) continue;
      this.dependencies.catalog.forget(id);
      this.dependencies.listing.invalidate(id);
    }
  }

  async #learn(declaration: AccountDeclaration): Promise<void> {
    const { providers, credentials, listing, catalog, logger } = this.dependencies;
    const { account } = declaration;
    try {
      const provider = providers.get(account.provider);
      const { models } = await listing.list(provider, account, await credentials.current(declaration, provider));
      if (models.length > 0) catalog.learn(account.id, models);
    } catch (error) {
      logger.debug('the models of an account are not known', { account: account.id, error });
    }
  }
}

/** Equal for two declarations that reach the same vendor as the same customer. Holds secrets: compared, never shown. */
function identityOf({ account, credential }: AccountDeclaration): string {
  return JSON.stringify([account.provider, account.settings, credential?.secret]);
}

/** An account that names all its models exactly has nothing to ask for. */
function needsList({ enabled, models }: AccountDeclaration): boolean {
  return enabled && (models === undefined || models.some((glob) => /[*?]/.test(glob)));
}

import type { Principal } from '@sluice/auth';
import type { LeaseOwner } from '@sluice/accounts';
import { principalIdOfKey, type AccountDeclaration, type RuntimeSnapshot } from '@sluice/config';
import { GatewayError } from '@sluice/core';
import { AccountModels, type Service } from './account-models.js';
import type { ListedModel } from './listed-model.js';
import type { ModelCatalog } from './model-catalog.js';
import { mayUseModel, modelNotAllowedError } from './model-permission.js';
import { nearNames } from './near-names.js';
import type { Route } from './route.js';
import { MAX_MODEL_NAME_LENGTH, RouteTable } from './route-table.js';

/** How many owners' own views of the names are remembered; beyond it the oldest is forgotten. */
export const MAX_OWNER_VIEWS = 256;

/** What was derived from a snapshot for one owner of accounts, or for everybody who owns none. */
interface View {
  readonly table: RouteTable;
  listed: readonly ListedModel[] | undefined;
}

/** What was derived from a snapshot and one state of the catalog. */
interface Derived {
  readonly generation: number;
  readonly shared: View;
  /** Ids of principals that own an account. */
  readonly owners: ReadonlySet<string>;
  readonly ownViews: Map<string, View>;
}

/** Finds out who serves a model name. A name that was asked for before costs one look into a map. */
export class ModelRouter {
  readonly #derived = new WeakMap<RuntimeSnapshot, Derived>();

  constructor(private readonly catalog: ModelCatalog) {}

  /**
   * @throws GatewayError `permission_denied` when the key may not use the name, `model_not_found` with names that may have
   * been meant, `no_account_available` when all targets of an alias are switched off or gone
   */
  resolve(name: string, snapshot: RuntimeSnapshot, principal: Principal): Route {
    if (!mayUseModel(principal, name)) throw modelNotAllowedError(principal, shorten(name));
    const { table } = this.#view(snapshot, principal);
    const route = table.find(name);
    if (route !== undefined) return route;
    throw table.isAlias(name) ? aliasWithoutTargetError(name) : this.#notFound(name, snapshot, principal);
  }

  /**
   * The names that resolve for this key and can be named in advance, sorted: aliases, declared ids and the vendors' own, those of
   * an account with a prefix also with it. Not listed though they resolve: what only a glob or an account with an unknown list
   * accepts, and the spelling with an account's or a provider's id in front.
   */
  listModels(snapshot: RuntimeSnapshot, principal: Principal): readonly ListedModel[] {
    const view = this.#view(snapshot, principal);
    view.listed ??= view.table.listedModels();
    if (principal.models === undefined) return view.listed;
    return view.listed.filter(({ id }) => mayUseModel(principal, id));
  }

  /** Whether an account serves a vendor's model that clients call `name`, wherever the name leads; undefined = it does not. */
  serviceOf(declaration: AccountDeclaration, model: string, name: string): Service | undefined {
    return AccountModels.of(declaration, this.catalog).serves(model, name);
  }

  #view(snapshot: RuntimeSnapshot, { id }: Principal): View {
    const { shared, owners, ownViews } = this.#derive(snapshot);
    if (owners.size === 0 || !owners.has(id)) return shared;
    const known = ownViews.get(id);
    if (known !== undefined) return known;
    const view: View = { table: new RouteTable(snapshot, this.catalog, ownerOf(id, snapshot)), listed: undefined };
    const oldest = ownViews.keys().next();
    if (ownViews.size >= MAX_OWNER_VIEWS && oldest.done !== true) ownViews.delete(oldest.value);
    ownViews.set(id, view);
    return view;
  }

  #derive(snapshot: RuntimeSnapshot): Derived {
    const { generation } = this.catalog;
    const known = this.#derived.get(snapshot);
    if (known?.generation === generation) return known;
    const fresh: Derived = {
      generation,
      shared: { table: new RouteTable(snapshot, this.catalog), listed: undefined },
      owners: new Set(snapshot.accounts.flatMap(({ owner }) => owner ?? [])),
      ownViews: new Map(),
    };
    this.#derived.set(snapshot, fresh);
    return fresh;
  }

  #notFound(name: string, snapshot: RuntimeSnapshot, principal: Principal): GatewayError {
    const listed = this.listModels(snapshot, principal).map(({ id }) => id);
    const near = nearNames(name, listed);
    const advice = near.length > 0 ? `Near names: ${near.join(', ')}.` : 'GET /v1/models lists the names to use.';
    return new GatewayError({
      kind: 'model_not_found',
      message: `No account serves the model "${shorten(name)}". ${advice}`,
      param: 'model',
    });
  }
}

function ownerOf(id: string, { apiKeys }: RuntimeSnapshot): LeaseOwner {
  const key = apiKeys.find(({ name }) => principalIdOfKey(name) === id);
  return { id, providerOrder: key?.providerOrder ?? [] };
}

function aliasWithoutTargetError(alias: string): GatewayError {
  return new GatewayError({
    kind: 'no_account_available',
    message: `No account serves any target of the alias "${alias}" now.`,
    param: 'model',
  });
}

function shorten(name: string): string {
  return name.length > MAX_MODEL_NAME_LENGTH ? `${name.slice(0, MAX_MODEL_NAME_LENGTH)}…` : name;
}

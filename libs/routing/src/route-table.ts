import type { Candidate } from '@sluice/accounts';
import type { AccountDeclaration, RuntimeSnapshot } from '@sluice/config';
import type { ModelInfo } from '@sluice/provider-kit';
import { AccountModels } from './account-models.js';
import { describeModel, type ListedModel } from './listed-model.js';
import type { ModelCatalog } from './model-catalog.js';
import type { Route, Target } from './route.js';
import { type Served, servedBy } from './served-by.js';

/** How many resolved names are remembered; beyond it the oldest is forgotten. */
export const MAX_REMEMBERED_ROUTES = 4_096;
/** Longer names are nobody's. In characters. */
export const MAX_MODEL_NAME_LENGTH = 512;

const QUALIFIER_END = '/';
/** What may stand before the slash, in the order in which it is tried. */
const QUALIFIERS: readonly ((declaration: AccountDeclaration) => string | undefined)[] = [
  ({ account }) => account.id,
  ({ prefix }) => prefix,
  ({ account }) => account.provider,
];

/**
 * The meaning of every model name, for one snapshot and one state of the catalog:
 *
 * 1. an alias: one target per entry, each read by the rules below, never as an alias again
 * 2. an id that some account's declaration spells out (so a vendor's id may contain a slash)
 * 3. `<account id | prefix | provider id>/<id>`
 * 4. any other id
 *
 * Rules 2 and 4 give every account that serves the id by its declared list, by a glob, or by the vendor's own list; see
 * `servedBy` for accounts of which nothing is known. A name that begins with an account's id or prefix is never tried on such
 * an account by rule 4: it was meant for another one, which may be switched off.
 */
export class RouteTable {
  readonly #accounts: readonly AccountModels[];
  readonly #byDeclaration: ReadonlyMap<AccountDeclaration, AccountModels>;
  readonly #exactIds: ReadonlySet<string>;
  /** What the operator calls accounts, also those that are switched off. */
  readonly #addresses: ReadonlySet<string | undefined>;
  readonly #aliases: ReadonlyMap<string, readonly string[]>;
  readonly #routes = new Map<string, Route>();

  constructor(snapshot: RuntimeSnapshot, catalog: ModelCatalog) {
    this.#accounts = snapshot.accounts
      .filter((declaration) => declaration.enabled)
      .map((declaration) => new AccountModels(declaration, listedModels(catalog, declaration)));
    this.#byDeclaration = new Map(this.#accounts.map((account) => [account.declaration, account]));
    this.#exactIds = new Set(this.#accounts.flatMap(({ exactIds }) => [...exactIds]));
    this.#addresses = new Set(snapshot.accounts.flatMap(({ account, prefix }) => [account.id, prefix]));
    // of two aliases of one name the first counts, and the last entry of a map wins
    this.#aliases = new Map([...snapshot.models].reverse().map(({ alias, targets }) => [alias, targets]));
  }

  /** Undefined = nobody serves this name. */
  find(name: string): Route | undefined {
    return this.#routes.get(name) ?? this.#resolve(name);
  }

  isAlias(name: string): boolean {
    return this.#aliases.has(name);
  }

  /** Every name that can be named in advance and that resolves, sorted. An alias is described by its first target. */
  listedModels(): readonly ListedModel[] {
    const listed: ListedModel[] = [];
    for (const name of [...new Set(this.#possibleNames())].sort()) {
      const candidates = this.#targets(name)?.[0]?.candidates ?? [];
      const [first] = candidates;
      if (first !== undefined) listed.push(describeModel(name, first, this.#whatVendorsSay(candidates)));
    }
    return listed;
  }

  *#possibleNames(): Iterable<string> {
    yield* this.#aliases.keys();
    for (const { declaration, exactIds, listed } of this.#accounts) {
      const { prefix } = declaration;
      for (const id of [...exactIds, ...(listed?.keys() ?? [])]) {
        yield id;
        if (prefix !== undefined) yield prefix + QUALIFIER_END + id;
      }
    }
  }

  #whatVendorsSay(candidates: readonly Candidate[]): ModelInfo | undefined {
    for (const { declaration, model } of candidates) {
      const info = this.#byDeclaration.get(declaration)?.listed?.get(model);
      if (info !== undefined) return info;
    }
    return undefined;
  }

  #resolve(requestedModel: string): Route | undefined {
    const targets = this.#targets(requestedModel);
    if (targets === undefined) return undefined;
    const route: Route = { requestedModel, targets };
    this.#remember(route);
    return route;
  }

  #remember(route: Route): void {
    if (this.#routes.size >= MAX_REMEMBERED_ROUTES) {
      const oldest = this.#routes.keys().next();
      if (oldest.done !== true) this.#routes.delete(oldest.value);
    }
    this.#routes.set(route.requestedModel, route);
  }

  #targets(name: string): readonly Target[] | undefined {
    if (name === '' || name.length > MAX_MODEL_NAME_LENGTH) return undefined;
    const targets: Target[] = [];
    for (const model of this.#aliases.get(name) ?? [name]) {
      const served = this.#served(model, name);
      if (served !== undefined) targets.push({ candidates: served.candidates });
    }
    return targets.length === 0 ? undefined : targets;
  }

  #served(model: string, visibleName: string): Served | undefined {
    const literal = servedBy(this.#accounts, model, visibleName);
    if (literal !== undefined && this.#exactIds.has(model)) return literal;
    const qualified = this.#qualified(model, visibleName);
    if (qualified !== undefined) return qualified;
    return literal?.service === 'possible' && this.#isAddressed(model) ? undefined : literal;
  }

  #isAddressed(model: string): boolean {
    const qualifier = qualifierOf(model);
    return qualifier !== undefined && this.#addresses.has(qualifier);
  }

  #qualified(model: string, visibleName: string): Served | undefined {
    const qualifier = qualifierOf(model);
    if (qualifier === undefined) return undefined;
    const id = model.slice(qualifier.length + QUALIFIER_END.length);
    for (const read of QUALIFIERS) {
      const accounts = this.#accounts.filter(({ declaration }) => read(declaration) === qualifier);
      const served = servedBy(accounts, id, visibleName);
      if (served !== undefined) return served;
    }
    return undefined;
  }
}

function qualifierOf(model: string): string | undefined {
  const end = model.indexOf(QUALIFIER_END);
  return end <= 0 || end === model.length - 1 ? undefined : model.slice(0, end);
}

function listedModels(
  catalog: ModelCatalog,
  { account }: AccountDeclaration,
): ReadonlyMap<string, ModelInfo> | undefined {
  const models = catalog.modelsOf(account.id);
  return models === undefined ? undefined : new Map(models.map((model) => [model.id, model]));
}

import type { Candidate, LeaseOwner } from '@sluice/accounts';
import {
  DEFAULT_ROUTING,
  type AccountDeclaration,
  type ModelAlias,
  type RoutingSettings,
  type RuntimeSnapshot,
  type SelectionStrategy,
} from '@sluice/config';
import type { ModelInfo } from '@sluice/provider-kit';
import { AccountModels } from './account-models.js';
import { describeModel, type ListedModel } from './listed-model.js';
import type { ModelCatalog } from './model-catalog.js';
import type { Route, Target } from './route.js';
import { type Served, servedBy } from './served-by.js';
import { TargetSplit } from './target-split.js';

/** How many resolved names are remembered; beyond it the oldest is forgotten. */
export const MAX_REMEMBERED_ROUTES = 4_096;
/** Longer names are nobody's. In characters. */
export const MAX_MODEL_NAME_LENGTH = 512;

const QUALIFIER_END = '/';
/** What may stand before the slash, in the order in which it is tried. */
const QUALIFIERS: readonly ((declaration: AccountDeclaration) => string | undefined)[] = [
  ({ account }) => account.id,
  ({ prefix }) => prefix,
  providerOf,
];

/**
 * The meaning of every model name, for one snapshot and one state of the catalog, as one owner of accounts sees it, or as
 * everybody does who owns none:
 *
 * 1. an alias: one target per entry, each read by the rules below, never as an alias again
 * 2. an id that some account's declaration spells out (so a vendor's id may contain a slash)
 * 3. `<account id | prefix | provider id>/<id>`
 * 4. any other id
 *
 * Rules 2 and 4 give every account that serves the id by its declared list, by a glob, or by the vendor's own list; see
 * `servedBy` for accounts of which nothing is known. A name that begins with an account's id or prefix is never tried on such
 * an account by rule 4: it was meant for another one, which may be switched off.
 *
 * With `forceModelPrefix` rules 2 and 4, and a provider's id in rule 3, leave accounts with a prefix out.
 */
export class RouteTable {
  readonly #accounts: readonly AccountModels[];
  readonly #byDeclaration: ReadonlyMap<AccountDeclaration, AccountModels>;
  readonly #exactIds: ReadonlySet<string>;
  /** What the operator calls accounts, also those that are switched off. */
  readonly #addresses: ReadonlySet<string | undefined>;
  readonly #aliases: ReadonlyMap<string, ModelAlias>;
  readonly #settings: RoutingSettings;
  readonly #routes = new Map<string, Route>();

  /** @param owner whose own accounts serve beside the shared ones; undefined = nobody's do */
  constructor(
    snapshot: RuntimeSnapshot,
    catalog: ModelCatalog,
    readonly owner?: LeaseOwner,
  ) {
    this.#settings = snapshot.settings.routing ?? DEFAULT_ROUTING;
    this.#accounts = snapshot.accounts
      .filter(({ enabled, owner: ownerId }) => enabled && (ownerId === undefined || ownerId === owner?.id))
      .map((declaration) => AccountModels.of(declaration, catalog));
    this.#byDeclaration = new Map(this.#accounts.map((account) => [account.declaration, account]));
    this.#exactIds = new Set(this.#reachableBare().flatMap(({ exactIds }) => [...exactIds]));
    this.#addresses = new Set(snapshot.accounts.flatMap(({ account, prefix }) => [account.id, prefix]));
    // of two aliases of one name the first counts, and the last entry of a map wins
    this.#aliases = new Map([...snapshot.models].reverse().map((declared) => [declared.alias, declared]));
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
      const candidates = this.#targets(name)?.targets[0]?.candidates ?? [];
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
    const found = this.#targets(requestedModel);
    if (found === undefined) return undefined;
    const { targets, weights } = found;
    const alias = this.#aliases.get(requestedModel);
    const { sessionAffinity, sessionTtlMs } = this.#settings;
    const route: Route = {
      requestedModel,
      targets,
      ...(weights !== undefined && targets.length > 1 && { split: new TargetSplit(targets, weights) }),
      ...(this.owner !== undefined && { owner: this.owner }),
      ...((alias?.sessionAffinity ?? sessionAffinity) && { sessionTtlMs }),
    };
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

  #targets(name: string): { targets: readonly Target[]; weights: readonly number[] | undefined } | undefined {
    if (name === '' || name.length > MAX_MODEL_NAME_LENGTH) return undefined;
    const alias = this.#aliases.get(name);
    const targets: Target[] = [];
    const weights: number[] = [];
    for (const [at, model] of (alias?.targets ?? [name]).entries()) {
      const served = this.#served(model, name);
      if (served === undefined) continue;
      targets.push({ candidates: served.candidates, strategy: this.#strategyFor(served.candidates, alias) });
      weights.push(alias?.weights?.[at] ?? 1);
    }
    return targets.length === 0 ? undefined : { targets, weights: alias?.weights && weights };
  }

  /** The alias's own word, else that for the one provider of all candidates, else everybody's. */
  #strategyFor(candidates: readonly Candidate[], alias: ModelAlias | undefined): SelectionStrategy {
    if (alias?.strategy !== undefined) return alias.strategy;
    const { providers, strategy } = this.#settings;
    const [provider, ...others] = new Set(candidates.map(({ declaration }) => declaration.account.provider));
    const own = provider !== undefined && others.length === 0 ? providers[provider] : undefined;
    return own ?? strategy;
  }

  #served(model: string, visibleName: string): Served | undefined {
    const literal = servedBy(this.#reachableBare(model), model, visibleName);
    if (literal !== undefined && this.#exactIds.has(model)) return literal;
    const qualified = this.#qualified(model, visibleName);
    if (qualified !== undefined) return qualified;
    return literal?.service === 'possible' && this.#isAddressed(model) ? undefined : literal;
  }

  /**
   * The accounts that a name without a prefix may reach: where prefixes keep accounts apart, those that have none, and one whose
   * prefix is the name itself.
   */
  #reachableBare(name?: string): readonly AccountModels[] {
    if (this.#settings.forceModelPrefix !== true) return this.#accounts;
    return this.#accounts.filter(({ declaration: { prefix } }) => prefix === undefined || prefix === name);
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
      const isPrivate = read !== providerOf; // a provider's name is nobody's prefix
      const reachable = isPrivate ? this.#accounts : this.#reachableBare();
      const accounts = reachable.filter(({ declaration }) => read(declaration) === qualifier);
      const served = servedBy(accounts, id, visibleName);
      if (served !== undefined) return served;
    }
    return undefined;
  }
}

function providerOf({ account }: AccountDeclaration): string {
  return account.provider;
}

function qualifierOf(model: string): string | undefined {
  const end = model.indexOf(QUALIFIER_END);
  return end <= 0 || end === model.length - 1 ? undefined : model.slice(0, end);
}

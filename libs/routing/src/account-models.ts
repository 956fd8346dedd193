import type { AccountDeclaration } from '@sluice/config';
import type { ModelInfo } from '@sluice/provider-kit';
import { compileGlob, type Glob, hasWildcard } from './glob.js';
import type { ModelCatalog } from './model-catalog.js';

/**
 * How sure we are that an account serves a model: it is declared, or the vendor lists it; or nothing is known of the account's
 * models, and it may.
 */
export type Service = 'known' | 'possible';

/** What one account serves, compiled for one snapshot and one state of the catalog. */
export class AccountModels {
  /** Ids that the declaration spells out. */
  readonly exactIds: ReadonlySet<string>;
  readonly #globs: readonly Glob[];
  readonly #excludes: readonly Glob[];

  /** With what its vendor lists, as far as that is known. */
  static of(declaration: AccountDeclaration, catalog: ModelCatalog): AccountModels {
    const models = catalog.modelsOf(declaration.account.id);
    return new AccountModels(declaration, models && new Map(models.map((model) => [model.id, model])));
  }

  /** @param listed what the vendor lists, by id; undefined = not known */
  constructor(
    readonly declaration: AccountDeclaration,
    readonly listed: ReadonlyMap<string, ModelInfo> | undefined,
  ) {
    const patterns = declaration.models ?? [];
    this.exactIds = new Set(patterns.filter((pattern) => !hasWildcard(pattern)));
    this.#globs = patterns.filter(hasWildcard).map(compileGlob);
    this.#excludes = declaration.excludeModels.map(compileGlob);
  }

  /**
   * Whether the account serves an upstream id that the client calls `visibleName`. Exclusion wins, by either name.
   * A declared list is the operator's word: the vendor's list is asked only where there is none.
   */
  serves(id: string, visibleName: string): Service | undefined {
    if (this.#excludes.some((matches) => matches(id) || matches(visibleName))) return undefined;
    if (this.declaration.models !== undefined) {
      return this.exactIds.has(id) || this.#globs.some((matches) => matches(id)) ? 'known' : undefined;
    }
    if (this.listed === undefined) return 'possible';
    return this.listed.has(id) ? 'known' : undefined;
  }
}

import type { ModelInfo } from '@sluice/provider-kit';

/** How many models of one account are remembered; what a vendor lists beyond it is not routed by name. */
export const MAX_MODELS_PER_ACCOUNT = 5_000;

/** What vendors say they have. A port: whoever asks them fills it; routing reads it and never waits. */
export abstract class ModelCatalog {
  /** Grows with every change, so that what was derived from the catalog can be renewed. */
  abstract readonly generation: number;
  /** The models of an account; undefined = not known (not asked yet, or the vendor has no list). */
  abstract modelsOf(accountId: string): readonly ModelInfo[] | undefined;
}

/** A catalog in memory, empty at first. */
export class MemoryModelCatalog extends ModelCatalog {
  readonly #models = new Map<string, readonly ModelInfo[]>();
  #generation = 0;

  get generation(): number {
    return this.#generation;
  }

  modelsOf(accountId: string): readonly ModelInfo[] | undefined {
    return this.#models.get(accountId);
  }

  /** Takes over an account's list. The list that is already known, the same object, changes nothing. */
  learn(accountId: string, models: readonly ModelInfo[]): void {
    if (this.#models.get(accountId) === models) return;
    const isTooLong = models.length > MAX_MODELS_PER_ACCOUNT;
    this.#models.set(accountId, isTooLong ? models.slice(0, MAX_MODELS_PER_ACCOUNT) : models);
    this.#generation += 1;
  }

  /** The account is gone, or its list is not to be trusted any more. */
  forget(accountId: string): void {
    if (this.#models.delete(accountId)) this.#generation += 1;
  }
}

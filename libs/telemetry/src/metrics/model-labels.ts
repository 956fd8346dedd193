import type { ExchangeFacts } from '../exchange-facts.js';

/** Distinct models that metrics tell apart unless an option says otherwise. */
export const DEFAULT_MAX_MODEL_LABELS = 200;
/** The label of models beyond the bound, and of those that have never answered. */
export const OTHER_MODEL = 'other';
/** The label of exchanges that reached no model. */
export const NO_MODEL = 'none';

/**
 * Which value the label `model` has. Bounded, as every value is a time series.
 *
 * Only an answer earns a model its own label: names that clients make up fail, and must not use up the bound.
 */
export class ModelLabels {
  readonly #known = new Set<string>();

  constructor(private readonly maxLabels: number) {}

  of({ upstreamModel, ending }: ExchangeFacts): string {
    if (upstreamModel === undefined) return NO_MODEL;
    if (this.#known.has(upstreamModel)) return upstreamModel;
    if (ending === 'failed' || this.#known.size >= this.maxLabels) return OTHER_MODEL;
    this.#known.add(upstreamModel);
    return upstreamModel;
  }
}

import type { ModelInfo } from '@sluice/provider-kit';
import { kiroModelId, largeModelId } from './model-id.js';

/** What the vendor listed for an account, as far as later requests depend on it. */
export interface Plan {
  /** Ids of models with a large context that stand beside the usual ones. */
  readonly large: ReadonlySet<string>;
  /** Tokens of prompt and answer together, by the id that requests carry. */
  readonly windows: ReadonlyMap<string, number>;
}

/** @param listed by the vendor, under its own names */
export function planOf(listed: readonly ModelInfo[]): Plan {
  const isLarge = (id: string): boolean => id === largeModelId(id);
  const windows = listed.flatMap(({ id, maxInputTokens }): readonly (readonly [string, number])[] =>
    maxInputTokens === undefined ? [] : [[isLarge(id) ? id : kiroModelId(id), maxInputTokens]],
  );
  return { large: new Set(listed.map(({ id }) => id).filter(isLarge)), windows: new Map(windows) };
}

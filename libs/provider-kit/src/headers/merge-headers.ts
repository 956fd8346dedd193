import type { WireHeaders } from '@sluice/core';

/** A comma list where every side's values count. */
const ANTHROPIC_BETA = 'anthropic-beta';

/**
 * Puts headers together; a later source wins, whatever the case of its names. `anthropic-beta` is a set: all sources'
 * values, in the order of their first appearance.
 */
export function mergeHeaders(...sources: readonly WireHeaders[]): Record<string, string | readonly string[]> {
  const merged: Record<string, string | readonly string[]> = {};
  for (const source of sources) {
    for (const key in source) {
      const value = source[key];
      if (value === undefined) continue;
      const name = key.toLowerCase();
      const earlier = name === ANTHROPIC_BETA ? merged[name] : undefined;
      merged[name] = earlier === undefined ? value : unite(earlier, value);
    }
  }
  return merged;
}

function unite(...lists: readonly (string | readonly string[])[]): string {
  const values = lists.flatMap((list) => (typeof list === 'string' ? [list] : list)).flatMap((list) => list.split(','));
  return [...new Set(values.map((value) => value.trim()))].filter((value) => value !== '').join(',');
}

import type { Extensions, JsonObject } from '@sluice/core';
import { carriedFor, extensionsOf } from '@sluice/translator-kit';

/** The format's own name, under which a canonical node carries what only this format can say. */
export const FORMAT = 'gemini';

interface CanonicalNode {
  readonly extensions?: Extensions;
}

/** What a canonical node carries for this format, spellings of what it says included. */
export function carriedBy(node: CanonicalNode | undefined): JsonObject | undefined {
  return carriedFor(node?.extensions, FORMAT);
}

/** Members as the `extensions` of a canonical node, to be spread into it. */
export function carry(...bags: readonly (JsonObject | undefined)[]): { readonly extensions?: Extensions } {
  const members: JsonObject = Object.assign({}, ...bags);
  return extensionsOf(FORMAT, Object.keys(members).length === 0 ? undefined : members);
}

/** The object without some members; undefined when nothing is left. */
export function without(object: JsonObject | undefined, names: readonly string[]): JsonObject | undefined {
  if (object === undefined) return undefined;
  const entries = Object.entries(object).filter(([name]) => !names.includes(name));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

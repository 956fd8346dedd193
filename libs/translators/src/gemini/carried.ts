import { isJsonObject, type Extensions, type JsonObject, type JsonValue } from '@sluice/core';
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

/** One member that holds what a nested object had; undefined when that was nothing. */
export function nested(name: string, members: JsonObject | undefined): JsonObject | undefined {
  return members === undefined ? undefined : { [name]: members };
}

/** The wire object with what its node carried, nested objects included. What the encoder says wins. */
export function restore(encoded: JsonObject, carried: JsonObject | undefined): JsonObject {
  if (carried === undefined) return encoded;
  const restored: Record<string, JsonValue | undefined> = { ...encoded, ...carried, ...encoded };
  for (const [name, value] of Object.entries(encoded)) {
    const inner = carried[name];
    if (isJsonObject(value) && isJsonObject(inner)) restored[name] = restore(value, inner);
  }
  return restored;
}

/** The object without some members; undefined when nothing is left. */
export function without(object: JsonObject | undefined, names: readonly string[]): JsonObject | undefined {
  if (object === undefined) return undefined;
  const entries = Object.entries(object).filter(([name]) => !names.includes(name));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

import type { Extensions, JsonObject, JsonValue } from '@sluice/core';
import { isJsonObject } from '@sluice/core';
import { carriedFor, extensionsOf, saidAs } from '@sluice/translator-kit';

/** The format's own name, under which a canonical node carries what only this format can say. */
export const FORMAT = 'openai-chat';

interface CanonicalNode {
  readonly extensions?: Extensions;
}

/** What a canonical node carries for this format. */
export function carriedBy(node: CanonicalNode | undefined): JsonObject | undefined {
  return carriedFor(node?.extensions, FORMAT);
}

const NOTHING: { readonly extensions?: Extensions } = {};

/** Unknown members as the `extensions` of a canonical node, to be spread into it. */
export function carry(
  first: JsonObject | undefined,
  second?: JsonObject,
  third?: JsonObject,
): { readonly extensions?: Extensions } {
  if (first === undefined && second === undefined && third === undefined) return NOTHING; // the normal case, for every delta
  return extensionsOf(FORMAT, { ...first, ...second, ...third });
}

/** How a node was spelled that says the same in other words, as members to be carried with `carry`. */
export function spelled(members: JsonObject | undefined): JsonObject | undefined {
  return members !== undefined && Object.keys(members).length > 0 ? saidAs(members) : undefined;
}

/** One member that holds what a nested object had; undefined when that was nothing. */
export function nested(name: string, unknown: JsonObject | undefined): JsonObject | undefined {
  return unknown === undefined ? undefined : { [name]: unknown };
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

/** The object without some members; itself when it has none of them. */
export function without(object: JsonObject | undefined, names: readonly string[]): JsonObject | undefined {
  if (object === undefined || !names.some((name) => name in object)) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

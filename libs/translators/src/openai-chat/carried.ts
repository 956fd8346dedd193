import type { Extensions, JsonObject } from '@sluice/core';
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

import type { Extensions, JsonObject, JsonValue } from '@sluice/core';
import { carriedFor, extensionsOf, foreignMembers, saidAs } from '@sluice/translator-kit';

/** The format's own name, under which a canonical node carries what only this format can say. */
export const FORMAT = 'openai-responses';

interface CanonicalNode {
  readonly extensions?: Extensions;
}

/** What a canonical node carries for this format. */
export function carriedBy(node: CanonicalNode | undefined): JsonObject | undefined {
  return carriedFor(node?.extensions, FORMAT);
}

/**
 * Members as the `extensions` of a canonical node, to be spread into it.
 * @param unsaid what only this format can say
 * @param said how it spelled what the node says in other words; no other format misses it
 */
export function carry(unsaid: JsonObject | undefined, said?: JsonObject): { readonly extensions?: Extensions } {
  if (isNothing(unsaid) && isNothing(said)) return {};
  return extensionsOf(FORMAT, { ...unsaid, ...(isNothing(said) ? undefined : saidAs(said)) });
}

/** What the node carries already, and more of how it was spelled. */
export function carryMore(node: CanonicalNode, said: JsonObject): { readonly extensions?: Extensions } {
  const unsaid = new Set(foreignMembers(node.extensions, '').flatMap(({ names }) => names));
  const { named, others } = partition(carriedBy(node), unsaid);
  return carry(named, { ...others, ...said });
}

/** The object's members, those of the named ones and all others apart; each undefined when there are none. */
export function partition(
  object: JsonObject | undefined,
  names: ReadonlySet<string>,
): { readonly named: JsonObject | undefined; readonly others: JsonObject | undefined } {
  const entries = Object.entries(object ?? {});
  return {
    named: objectOf(entries.filter(([name]) => names.has(name))),
    others: objectOf(entries.filter(([name]) => !names.has(name))),
  };
}

function objectOf(entries: readonly (readonly [string, JsonValue | undefined])[]): JsonObject | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function isNothing(members: JsonObject | undefined): boolean {
  return members === undefined || Object.keys(members).length === 0;
}

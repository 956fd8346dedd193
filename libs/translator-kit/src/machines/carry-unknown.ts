import type { Extensions, FormatId, JsonObject, JsonValue } from '@sluice/core';

/**
 * The members of a wire object that the canonical model has no place for; undefined when there are none, which is the
 * normal case and costs no allocation.
 *
 * @param knownNames the members that the decoder reads
 */
export function carryUnknown(object: JsonObject, knownNames: ReadonlySet<string>): JsonObject | undefined {
  let unknown: [string, JsonValue | undefined][] | undefined;
  for (const name of Object.keys(object)) {
    if (!knownNames.has(name)) (unknown ??= []).push([name, object[name]]);
  }
  return unknown === undefined ? undefined : Object.fromEntries(unknown); // keeps a member called __proto__ a member
}

/**
 * What `carryUnknown` found as the `extensions` member of a canonical node, to be spread into it:
 * `{ type: 'text', text, ...extensionsOf('openai-chat', unknown) }`.
 */
export function extensionsOf(format: FormatId, unknown: JsonObject | undefined): { readonly extensions?: Extensions } {
  return unknown === undefined ? {} : { extensions: { [format]: unknown } };
}

/** The wire object with the members that its own format carried at this node. What the encoder says wins. */
export function restoreUnknown<Encoded extends JsonObject>(
  encoded: Encoded,
  extensions: Extensions | undefined,
  format: FormatId,
): Encoded & JsonObject {
  const carried = extensions?.[format];
  if (carried === undefined) return encoded;
  return { ...encoded, ...carried, ...encoded }; // twice: the encoder's members stand first and win
}

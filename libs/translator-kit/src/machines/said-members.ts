import { isJsonObject, type Extensions, type FormatId, type JsonObject, type JsonValue } from '@sluice/core';

/** Where a bag keeps the members that its node says as well. No vendor names a member like this. */
const SAID = '~said';

/**
 * Members that the canonical node says, as the client spelled them, to be carried beside what it cannot say. Their own
 * format writes them again as they were; no other format misses them.
 */
export function saidAs(members: JsonObject | undefined): JsonObject | undefined {
  return members === undefined ? undefined : { [SAID]: members };
}

/** Everything that a node carries for a format: what only this format can say, and how it spelled the rest. */
export function carriedFor(extensions: Extensions | undefined, format: FormatId): JsonObject | undefined {
  const bag = extensions?.[format];
  const said = bag?.[SAID];
  if (bag === undefined || !isJsonObject(said)) return bag;
  const merged = new Map<string, JsonValue | undefined>(Object.entries(said));
  for (const [name, rest] of Object.entries(bag)) {
    const value = merged.get(name);
    if (name !== SAID) merged.set(name, isJsonObject(value) && isJsonObject(rest) ? { ...value, ...rest } : rest);
  }
  return Object.fromEntries(merged); // keeps a member called __proto__ a member
}

/** The members of a node that only one foreign format knows. */
export interface ForeignMembers {
  readonly format: FormatId;
  readonly names: readonly string[];
}

/** What a node carries that `format` cannot say; empty for most nodes. */
export function foreignMembers(extensions: Extensions | undefined, format: FormatId): readonly ForeignMembers[] {
  if (extensions === undefined) return NONE;
  return Object.entries(extensions).flatMap(([foreign, bag]) => {
    if (foreign === format || bag === undefined) return [];
    const names = Object.keys(bag).filter((name) => name !== SAID);
    return names.length === 0 ? [] : [{ format: foreign, names }];
  });
}

const NONE: readonly ForeignMembers[] = [];

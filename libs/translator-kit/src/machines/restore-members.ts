import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/** One member that holds what a nested object had; undefined when that was nothing. */
export function nestedMember(name: string, members: JsonObject | undefined): JsonObject | undefined {
  return members === undefined ? undefined : { [name]: members };
}

/** The wire object with what its node carried, nested objects included. What the encoder says wins. */
export function restoreMembers(encoded: JsonObject, carried: JsonObject | undefined): JsonObject {
  if (carried === undefined) return encoded;
  const restored: Record<string, JsonValue | undefined> = { ...encoded, ...carried, ...encoded }; // in the encoder's order
  for (const [name, value] of Object.entries(encoded)) {
    const inner = carried[name];
    if (isJsonObject(value) && isJsonObject(inner)) restored[name] = restoreMembers(value, inner);
  }
  return restored;
}

/** The object without some members; itself when it has none of them. */
export function withoutMembers(object: JsonObject | undefined, names: readonly string[]): JsonObject | undefined {
  if (object === undefined || !names.some((name) => name in object)) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

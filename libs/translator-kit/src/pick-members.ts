import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import { parseSpan, scanMembers, type ObjectScan } from '@sluice/streaming';
import { isNestedTooDeeply } from './nesting.js';

export interface PickedMembers<Name extends string = string> {
  /** The members that were found; of several with one name the last, as `JSON.parse` would have it. */
  readonly members: JsonObject;
  /** Where all of them stand. */
  readonly scan: ObjectScan<Name>;
}

/**
 * Some members of an object, without parsing the rest (an answer of 1 MB takes 3 ms to parse).
 *
 * @param at 0 = the whole text is the object; else the offset of a nested object's `{`
 * @returns undefined on any doubt: then parse the whole
 */
export function pickMembers<Name extends string>(
  json: Buffer,
  names: readonly Name[],
  at = 0,
): PickedMembers<Name> | undefined {
  const scan = scanMembers(json, names, at);
  const members = scan && lastValues(json, scan, names);
  return members && scan && { members, scan };
}

/** The values of scanned members, the last of each name; undefined when one of them is no JSON after all. */
export function lastValues<Name extends string>(
  json: Buffer,
  scan: ObjectScan<Name>,
  names: readonly Name[],
): JsonObject | undefined {
  const members: Record<string, JsonValue> = {};
  try {
    for (const name of names) {
      const last = scan.members[name]?.at(-1);
      if (last !== undefined) members[name] = parseSpan(json, last);
    }
  } catch {
    return undefined; // a nested value that is no JSON: the whole parse says so
  }
  return members;
}

/** The text as a JSON object; undefined for everything else, so that the caller can say what it was. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && !isNestedTooDeeply(value, text.length) ? value : undefined;
  } catch {
    return undefined; // undefined is the report
  }
}

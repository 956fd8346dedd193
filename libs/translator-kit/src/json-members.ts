import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/** The member if it is a string with something in it; anything else is "not known". */
export function textMember(object: JsonObject | undefined, name: string): string | undefined {
  const value = object?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The member if it is a count: a finite number that is not negative. `null` and absent are "not reported". */
export function countMember(object: JsonObject | undefined, name: string): number | undefined {
  const value = object?.[name];
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The member if it is an object. */
export function objectMember(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = object?.[name];
  return isJsonObject(value) ? value : undefined;
}

/** The member's objects if it is an array, else none. */
export function objectsMember(object: JsonObject | undefined, name: string): readonly JsonObject[] {
  const value = object?.[name];
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** A value that JSON can say. */
export type JsonValue = string | number | boolean | null | JsonObject | readonly JsonValue[];

/** A JSON object. Never mutated once it has been handed on. */
export interface JsonObject {
  readonly [member: string]: JsonValue | undefined;
}

/** Narrows an unknown value to a JSON object (not an array, not null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

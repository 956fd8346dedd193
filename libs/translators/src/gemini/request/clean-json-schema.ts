import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/** Members that hold one schema. */
const SCHEMAS: ReadonlySet<string> = new Set([
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
]);
/** Members that hold several, by name: their keys are a tool's own words. */
const NAMED_SCHEMAS: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions', 'patternProperties']);
/** Members that hold a list of them. */
const SCHEMA_LISTS: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
/** Remarks that Google refuses or has no use for. */
const REMOVED: ReadonlySet<string> = new Set(['$schema', '$comment', 'title', 'deprecated', 'enumDescriptions']);

/**
 * A JSON schema without what Google refuses a request for: remarks about the schema itself, and required members that are no
 * properties. Walks schemas, not names: a property called `title` stays.
 * @see https://ai.google.dev/gemini-api/docs/structured-output
 */
export function cleanJsonSchema(schema: JsonObject): JsonObject {
  const entries = Object.entries(schema)
    .filter(([name]) => !REMOVED.has(name) && !name.startsWith('x-'))
    .flatMap(([name, value]): [string, JsonValue | undefined][] => {
      if (name !== 'required' || !isJsonObject(schema['properties'])) return [[name, cleanMember(name, value)]];
      const required = knownNames(value, schema['properties']);
      return required.length === 0 ? [] : [[name, required]];
    });
  return Object.fromEntries(entries);
}

function cleanMember(name: string, value: JsonValue | undefined): JsonValue | undefined {
  if (SCHEMAS.has(name)) return cleanNode(value);
  if (SCHEMA_LISTS.has(name) && Array.isArray(value)) return value.map((item: JsonValue) => cleanNode(item) ?? null);
  if (NAMED_SCHEMAS.has(name) && isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([property, nested]) => [property, cleanNode(nested)]));
  }
  return value;
}

function cleanNode(value: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(value) ? cleanJsonSchema(value) : value;
}

function knownNames(required: JsonValue | undefined, properties: JsonObject): readonly JsonValue[] {
  if (!Array.isArray(required)) return [];
  return required.filter((name: JsonValue) => typeof name === 'string' && Object.hasOwn(properties, name));
}

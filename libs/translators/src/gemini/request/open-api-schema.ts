import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/** Members that hold one schema. */
const SCHEMAS: ReadonlySet<string> = new Set(['items', 'additionalProperties', 'not']);
/** Members that hold several, by name. */
const NAMED_SCHEMAS: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions', 'patternProperties']);
/** Members that hold a list of them. */
const SCHEMA_LISTS: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);

const SNAKE: Readonly<Record<string, string>> = {
  any_of: 'anyOf',
  max_items: 'maxItems',
  max_length: 'maxLength',
  max_properties: 'maxProperties',
  min_items: 'minItems',
  min_length: 'minLength',
  min_properties: 'minProperties',
  property_ordering: 'propertyOrdering',
};

/** Numbers that are strings on the wire, because Google's are 64 bits wide. */
const COUNTS: ReadonlySet<string> = new Set([
  'maxItems',
  'maxLength',
  'maxProperties',
  'minItems',
  'minLength',
  'minProperties',
]);

/**
 * Google's schema (the subset of OpenAPI 3.0 in `parameters` and `responseSchema`) as JSON schema: types in lower case,
 * `nullable` as a second type.
 * @see https://ai.google.dev/api/caching#Schema
 */
export function toJsonSchema(schema: JsonObject): JsonObject {
  const members: [string, JsonValue | undefined][] = [];
  for (const [wireName, value] of Object.entries(schema)) {
    const name = Object.hasOwn(SNAKE, wireName) ? (SNAKE[wireName] ?? wireName) : wireName;
    if (name === 'nullable' || name === 'propertyOrdering') continue;
    members.push([name, memberOf(name, value, schema['nullable'] === true)]);
  }
  return Object.fromEntries(members);
}

function memberOf(name: string, value: JsonValue | undefined, isNullable: boolean): JsonValue | undefined {
  if (name === 'type') return typeOf(value, isNullable);
  if (name === 'enum' && Array.isArray(value)) return isNullable && !value.includes(null) ? [...value, null] : value;
  if (SCHEMAS.has(name)) return schemaOf(value);
  if (SCHEMA_LISTS.has(name) && Array.isArray(value)) return value.map((item: JsonValue) => schemaOf(item) ?? null);
  if (NAMED_SCHEMAS.has(name) && isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([property, nested]) => [property, schemaOf(nested)]));
  }
  return COUNTS.has(name) && typeof value === 'string' && value !== '' ? Number(value) : value;
}

function schemaOf(value: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(value) ? toJsonSchema(value) : value;
}

function typeOf(value: JsonValue | undefined, isNullable: boolean): JsonValue | undefined {
  const types = (Array.isArray(value) ? value : [value]).flatMap((type: JsonValue | undefined) =>
    typeof type === 'string' ? [type.toLowerCase()] : [],
  );
  if (isNullable && !types.includes('null')) types.push('null');
  return types.length === 1 ? types[0] : types.length === 0 ? undefined : types;
}

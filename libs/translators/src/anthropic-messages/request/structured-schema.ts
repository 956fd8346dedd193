import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/**
 * Keywords that structured output refuses. What they ask for is told to the model in words instead.
 * @see https://platform.claude.com/docs/en/build-with-claude/structured-outputs
 */
const REFUSED_KEYWORDS: ReadonlySet<string> = new Set([
  'exclusiveMaximum',
  'exclusiveMinimum',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'uniqueItems',
]);

/** Larger `minItems` are refused. */
const MAX_MIN_ITEMS = 1;

/** Keywords whose value is a schema, a list of schemas, or schemas by name. Everything else is data and stays as it is. */
const SCHEMA_KEYWORDS: ReadonlySet<string> = new Set(['items', 'not', 'additionalProperties']);
const LIST_KEYWORDS: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const MAP_KEYWORDS: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions']);

/**
 * A schema as structured output takes it: closed objects, and limits as part of the description. A schema that is one
 * already comes back equal.
 */
export function toStructuredSchema(schema: JsonObject): JsonObject {
  const cleaned: Record<string, JsonValue> = {};
  const limits: string[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (value === undefined) continue;
    if (isRefused(keyword, value)) limits.push(`${keyword}: ${JSON.stringify(value)}`);
    else cleaned[keyword] = cleanValue(keyword, value);
  }
  if (schema['type'] === 'object') cleaned['additionalProperties'] = false;
  if (limits.length > 0)
    cleaned['description'] = [schema['description'], `(${limits.join(', ')})`].filter(Boolean).join(' ');
  return cleaned;
}

function isRefused(keyword: string, value: JsonValue): boolean {
  return (
    REFUSED_KEYWORDS.has(keyword) || (keyword === 'minItems' && typeof value === 'number' && value > MAX_MIN_ITEMS)
  );
}

function cleanValue(keyword: string, value: JsonValue): JsonValue {
  if (SCHEMA_KEYWORDS.has(keyword)) return cleanSchema(value);
  if (LIST_KEYWORDS.has(keyword) && Array.isArray(value)) return value.map(cleanSchema);
  if (MAP_KEYWORDS.has(keyword) && isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, cleanSchema(schema)]));
  }
  return value;
}

function cleanSchema<Value extends JsonValue | undefined>(value: Value): Value | JsonObject {
  return isJsonObject(value) ? toStructuredSchema(value) : value;
}

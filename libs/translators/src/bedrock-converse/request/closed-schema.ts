import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/** Keywords whose value is a schema, a list of schemas, or schemas by name. Everything else is data and stays as it is. */
const SCHEMA_KEYWORDS: ReadonlySet<string> = new Set(['items', 'not']);
const LIST_KEYWORDS: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const MAP_KEYWORDS: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions']);

/**
 * Limits that structured output refuses.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
 */
const LIMITS: ReadonlySet<string> = new Set([
  'exclusiveMaximum',
  'exclusiveMinimum',
  'maxItems',
  'maxLength',
  'maximum',
  'minLength',
  'minimum',
  'multipleOf',
]);

/** A schema as structured output takes it: objects without further members, and limits told in the description. */
export function toClosedSchema(schema: JsonObject): JsonObject {
  const closed: Record<string, JsonValue> = {};
  const limits: string[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (value === undefined) continue;
    if (LIMITS.has(keyword)) limits.push(`${keyword} ${JSON.stringify(value)}`);
    else closed[keyword] = closeValue(keyword, value);
  }
  if (schema['type'] === 'object') closed['additionalProperties'] = false;
  if (limits.length > 0) {
    const { description } = closed;
    closed['description'] = `${typeof description === 'string' ? `${description} ` : ''}(${limits.join(', ')})`;
  }
  return closed;
}

function closeValue(keyword: string, value: JsonValue): JsonValue {
  if (SCHEMA_KEYWORDS.has(keyword)) return closeSchema(value);
  if (LIST_KEYWORDS.has(keyword) && Array.isArray(value)) return (value as readonly JsonValue[]).map(closeSchema);
  if (MAP_KEYWORDS.has(keyword) && isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, schema && closeSchema(schema)]));
  }
  return value;
}

function closeSchema(value: JsonValue): JsonValue {
  return isJsonObject(value) ? toClosedSchema(value) : value;
}

import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/** Keywords that some of the service's hosts refuse, besides those that all do. */
const REMOVED: ReadonlySet<string> = new Set([
  'default',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'uniqueItems',
  'multipleOf',
]);

const COMBINATORS = ['anyOf', 'oneOf', 'allOf'] as const;

export interface StrictSchema {
  readonly schema: JsonObject;
  /** Keywords that meant something and are gone. */
  readonly lost: readonly string[];
}

/**
 * A clean schema without what the strictest hosts refuse. Of alternatives only the first remains; parts that all have to
 * hold become one.
 *
 * @param schema already in the subset that every host takes, and therefore of bounded depth
 */
export function strictSchema(schema: JsonObject): StrictSchema {
  const lost = new Set<string>();
  return { schema: strictNode(schema, lost), lost: [...lost] };
}

function strictNode(schema: JsonObject, lost: Set<string>): JsonObject {
  const strict: Record<string, JsonValue> = {};
  for (const [keyword, value] of Object.entries(withoutCombinators(schema, lost))) {
    if (value === undefined) continue;
    if (REMOVED.has(keyword)) lost.add(keyword);
    else strict[keyword] = strictValue(keyword, value, lost);
  }
  return strict;
}

function strictValue(keyword: string, value: JsonValue, lost: Set<string>): JsonValue {
  if (!isJsonObject(value)) return value;
  if (keyword === 'items') return strictNode(value, lost);
  if (keyword !== 'properties') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, schema]) => [name, isJsonObject(schema) ? strictNode(schema, lost) : schema]),
  );
}

function withoutCombinators(schema: JsonObject, lost: Set<string>): JsonObject {
  let merged = schema;
  for (const combinator of COMBINATORS) {
    const parts = merged[combinator];
    if (parts === undefined) continue;
    const rest: JsonObject = Object.fromEntries(Object.entries(merged).filter(([keyword]) => keyword !== combinator));
    const schemas = Array.isArray(parts) ? parts.filter(isJsonObject) : [];
    if (combinator !== 'allOf' && schemas.length > 1) lost.add(combinator);
    const kept = combinator === 'allOf' ? schemas : schemas.slice(0, 1);
    merged = kept.map((part) => withoutCombinators(part, lost)).reduce(mergeSchemas, rest);
  }
  return merged;
}

/** What the first says counts; properties and required members of both are kept. */
function mergeSchemas(first: JsonObject, second: JsonObject): JsonObject {
  const properties = { ...membersOf(second), ...membersOf(first) };
  const required = [...new Set([...requiredOf(first), ...requiredOf(second)])];
  return {
    ...second,
    ...first,
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(required.length === 0 ? {} : { required }),
  };
}

function membersOf({ properties }: JsonObject): JsonObject {
  return isJsonObject(properties) ? properties : {};
}

function requiredOf({ required }: JsonObject): readonly JsonValue[] {
  return Array.isArray(required) ? required : [];
}

import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/** Root keywords that vendors refuse, and how many of their branches must ask for a member before the whole does. */
const UNIONS = [
  ['anyOf', 'every'],
  ['oneOf', 'every'],
  ['allOf', 'some'],
] as const;

/**
 * A tool's parameters as vendors want them: an object schema with `properties`, and no union at the root. The branches of a
 * union give their properties to the root; `required` is what every branch of `anyOf` and `oneOf`, and any branch of `allOf`,
 * asks for. Everything below the root stays as it is; a schema that is already right is returned itself.
 *
 * @param schema absent = a tool without parameters
 */
export function toObjectSchema(schema: JsonObject | undefined): JsonObject {
  if (schema === undefined) return { type: 'object', properties: {} };
  const hasUnion = UNIONS.some(([keyword]) => Array.isArray(schema[keyword]));
  if (schema['type'] === 'object' && isJsonObject(schema['properties']) && !hasUnion) return schema;
  return hasUnion ? flattenUnions(schema) : asObject(schema);
}

function asObject(schema: JsonObject): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  return { ...schema, type: 'object', properties };
}

function flattenUnions(schema: JsonObject): JsonObject {
  let properties: JsonObject = {};
  let required: readonly string[] = namesIn(schema['required']);
  const rest = Object.fromEntries(
    Object.entries(schema).filter(([name]) => UNIONS.every(([keyword]) => keyword !== name)),
  );
  for (const [keyword, quantifier] of UNIONS) {
    const branches = branchesOf(schema[keyword]);
    for (const branch of branches) {
      const own = branch['properties'];
      if (isJsonObject(own)) properties = { ...own, ...properties };
    }
    required = [...required, ...sharedNames(branches, quantifier)];
  }
  const own = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const flat: JsonObject = { ...rest, type: 'object', properties: { ...properties, ...own } };
  return required.length === 0 ? flat : { ...flat, required: [...new Set(required)] };
}

function branchesOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** Names that every branch, or some branch, requires. */
function sharedNames(branches: readonly JsonObject[], quantifier: 'every' | 'some'): readonly string[] {
  const lists = branches.map((branch) => namesIn(branch['required']));
  const all = [...new Set(lists.flat())];
  return all.filter((name) => lists[quantifier]((list) => list.includes(name)));
}

function namesIn(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

import type { JsonObject } from '@sluice/core';

/**
 * The object with those of its members that Google also reads in snake case under their camel-case names. Names that are not
 * listed stay as they are: they may be data (a tool's arguments) or a member yet to be invented.
 * @param names in camel case
 * @see https://protobuf.dev/programming-guides/json/
 */
export function inCamelCase(object: JsonObject, names: ReadonlySet<string>): JsonObject {
  if (!Object.keys(object).some((name) => name.includes('_'))) return object;
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      const camel = toCamelCase(name);
      return [names.has(camel) && !(camel in object && camel !== name) ? camel : name, value];
    }),
  );
}

/** `inline_data` → `inlineData`. */
function toCamelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

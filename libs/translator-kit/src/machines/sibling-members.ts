import { isJsonObject, type CanonicalRequest, type FormatId, type JsonObject, type JsonValue } from '@sluice/core';

/** Where each of OpenAI's two formats says the same. A path of names; the other formats have no word for it. */
const SHARED: readonly Readonly<Record<'openai-chat' | 'openai-responses', readonly [string, ...string[]]>>[] = [
  { 'openai-chat': ['prompt_cache_key'], 'openai-responses': ['prompt_cache_key'] },
  { 'openai-chat': ['verbosity'], 'openai-responses': ['text', 'verbosity'] },
];

const SIBLINGS: ReadonlyMap<FormatId, 'openai-chat' | 'openai-responses'> = new Map([
  ['openai-chat', 'openai-responses'],
  ['openai-responses', 'openai-chat'],
]);

/** What a request of the one format of OpenAI carries that the other can say too, as the other says it. */
export function siblingMembers(
  { extensions }: CanonicalRequest,
  format: 'openai-chat' | 'openai-responses',
): JsonObject {
  const sibling = SIBLINGS.get(format);
  const bag = sibling && extensions?.[sibling];
  if (sibling === undefined || bag === undefined) return {};
  const found = SHARED.flatMap((places) => {
    const value = valueAt(bag, places[sibling]);
    return value === undefined ? [] : [nested(places[format], value)];
  });
  return Object.assign({}, ...found) as JsonObject;
}

/** Whether a member of the sibling's bag holds nothing but what {@link siblingMembers} says. */
export function isSiblingMember(
  bag: JsonObject,
  name: string,
  [foreign, format]: readonly [FormatId, FormatId],
): boolean {
  if (SIBLINGS.get(format) !== foreign) return false;
  const value = bag[name];
  const inner = value !== undefined && isJsonObject(value) ? Object.keys(value) : [];
  return SHARED.some((places) => {
    const [first, second] = places[foreign as keyof typeof places]; // one of the two, as the map says
    return first === name && (second === undefined || (inner.length === 1 && inner[0] === second));
  });
}

function valueAt(bag: JsonObject, [first, second]: readonly [string, ...string[]]): JsonValue | undefined {
  const value = bag[first];
  if (second === undefined) return value;
  return value !== undefined && isJsonObject(value) ? value[second] : undefined;
}

function nested([first, second]: readonly [string, ...string[]], value: JsonValue): JsonObject {
  return { [first]: second === undefined ? value : { [second]: value } };
}

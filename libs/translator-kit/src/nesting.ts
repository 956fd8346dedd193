/** What is nested deeper is not taken: our own recursion and `JSON.stringify` would end at some thousand. Real bodies stay below 50. */
export const MAX_JSON_DEPTH = 512;

/** The brackets around one level of nesting. */
const CHARACTERS_PER_LEVEL = 2;

/**
 * Whether a parsed value is nested deeper than `MAX_JSON_DEPTH`.
 * @param characters the length of its text: a short text cannot be nested deeply, and is not looked at
 */
export function isNestedTooDeeply(value: unknown, characters: number): boolean {
  return characters >= MAX_JSON_DEPTH * CHARACTERS_PER_LEVEL && isDeeper(value, MAX_JSON_DEPTH);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const name in value) if (isDeeper((value as Record<string, unknown>)[name], levels - 1)) return true; // arrays too
  return false;
}

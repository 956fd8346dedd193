import { describeJson } from './parse-request-body.js';

/** Longer texts are no misspelt word, and are not repeated. In characters. */
const MAX_WORD_CHARACTERS = 40;

/** What stands where one of a few words must: the word itself, quoted, else the kind of value, in words. */
export function describeWord(value: unknown): string {
  if (typeof value !== 'string' || value === '' || value.length > MAX_WORD_CHARACTERS) return describeJson(value);
  return JSON.stringify(value);
}

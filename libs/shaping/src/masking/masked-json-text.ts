import type { WordMask } from './word-mask.js';

const QUOTE = '"';
const BACKSLASH = '\\';
const CODE_CHARACTERS = 4;

/**
 * A JSON text without the words: inside its strings, whose other bytes stay as they are. A text that is no JSON (models write
 * such arguments) is masked between them, too.
 */
export function maskJsonText(json: string, mask: WordMask): string {
  let masked = '';
  let at = 0;
  let isJson: boolean | undefined;
  const outside = (text: string): string => {
    if (!mask.occursIn(text)) return text;
    isJson ??= isValid(json);
    return isJson ? text : mask.mask(text);
  };
  for (let open = json.indexOf(QUOTE); open !== -1; open = json.indexOf(QUOTE, at)) {
    const close = endOfString(json, open + 1);
    masked += outside(json.slice(at, open)) + QUOTE + maskEscaped(json.slice(open + 1, close), mask);
    at = close;
    if (close === json.length) return masked;
    masked += QUOTE;
    at += 1;
  }
  return masked + outside(json.slice(at));
}

/** A JSON text with the words in it again. */
export function restoreJsonText(json: string, mask: WordMask): string {
  return mask.restore(json, (word) => JSON.stringify(word).slice(1, -1));
}

/** Where the closing quotation mark stands; the text's length where there is none. */
function endOfString(json: string, from: number): number {
  let at = from;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return Math.min(at, json.length);
}

function maskEscaped(inside: string, mask: WordMask): string {
  if (!inside.includes(BACKSLASH)) return mask.mask(inside);
  const { text, places } = unescape(inside);
  let masked = '';
  let at = 0;
  for (const { start, end } of mask.matches(text)) {
    masked += inside.slice(at, places[start]) + mask.placeholderFor(text.slice(start, end));
    at = places[end] ?? inside.length;
  }
  return masked + inside.slice(at);
}

/** What a string says, and where each of its units is written; the last place is the end. */
function unescape(inside: string): { readonly text: string; readonly places: readonly number[] } {
  const places: number[] = [];
  let text = '';
  let at = 0;
  while (at < inside.length) {
    places.push(at);
    const length = lengthAt(inside, at);
    text += length === 1 ? inside[at] : read(inside.slice(at, at + length));
    at += length;
  }
  places.push(inside.length);
  return { text, places };
}

function lengthAt(inside: string, at: number): number {
  if (inside[at] !== BACKSLASH) return 1;
  return inside[at + 1] === 'u' ? 2 + CODE_CHARACTERS : 2;
}

/** One unit; a blank for an escape that does not exist. */
function read(escape: string): string {
  try {
    return JSON.parse(`"${escape}"`) as string; // it stands in quotes
  } catch {
    return ' ';
  }
}

function isValid(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

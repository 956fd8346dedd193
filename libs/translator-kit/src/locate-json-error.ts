/** Where a text stops being JSON. */
export interface JsonErrorPlace {
  /** 1-based character at which it goes wrong. */
  readonly character: number;
  /** The text ended before the value did. */
  readonly isTruncated: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

type Expected = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/**
 * Finds the first character that cannot stand where it stands. For text that `JSON.parse` has refused: the engine's own
 * message quotes the text (which may hold a prompt or a key) and often names no position. Iterative, so depth is harmless.
 */
export function locateJsonError(text: string): JsonErrorPlace {
  const closers: string[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    at = skip(SPACE, text, at) ?? at;
    const character = text[at];
    if (character === undefined) return { character: at + 1, isTruncated: expected !== 'nothing' };
    const next = step(text, at, character, expected, closers);
    if (next === undefined) return { character: at + 1, isTruncated: isCutString(text, at) };
    ({ at, expected } = next);
  }
}

function step(
  text: string,
  at: number,
  character: string,
  expected: Expected,
  closers: string[],
): { at: number; expected: Expected } | undefined {
  switch (expected) {
    case 'value':
    case 'value-or-end': {
      if (character === ']' && expected === 'value-or-end') return close(at, closers);
      if (character === '{') return open(at, '}', 'name-or-end', closers);
      if (character === '[') return open(at, ']', 'value-or-end', closers);
      const end = character === '"' ? endOfString(text, at) : skip(SCALAR, text, at);
      return end === undefined ? undefined : { at: end, expected: afterValue(closers) };
    }
    case 'name':
    case 'name-or-end': {
      if (character === '}' && expected === 'name-or-end') return close(at, closers);
      const end = character === '"' ? endOfString(text, at) : undefined;
      return end === undefined ? undefined : { at: end, expected: 'colon' };
    }
    case 'colon':
      return character === ':' ? { at: at + 1, expected: 'value' } : undefined;
    case 'comma-or-end':
      if (character === ',') return { at: at + 1, expected: closers.at(-1) === '}' ? 'name' : 'value' };
      return character === closers.at(-1) ? close(at, closers) : undefined;
    case 'nothing':
      return undefined;
  }
}

function open(at: number, closer: string, expected: Expected, closers: string[]): { at: number; expected: Expected } {
  closers.push(closer);
  return { at: at + 1, expected };
}

function close(at: number, closers: string[]): { at: number; expected: Expected } {
  closers.pop();
  return { at: at + 1, expected: afterValue(closers) };
}

function afterValue(closers: readonly string[]): Expected {
  return closers.length === 0 ? 'nothing' : 'comma-or-end';
}

/** The end of what the sticky pattern matches at this place, or undefined. */
function skip(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** The place after the closing quote; undefined for a string that is broken or cut. A loop, so that length is harmless. */
function endOfString(text: string, opening: number): number | undefined {
  let at = opening + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < 0x20) return undefined;
    const next = code === BACKSLASH ? skip(ESCAPE, text, at) : at + 1;
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}

/** A string opens here and the text has no further quote, as when a body was cut. */
function isCutString(text: string, at: number): boolean {
  return text.charCodeAt(at) === QUOTE && !text.includes('"', at + 1);
}

import fc from 'fast-check';
import type { JsonObject, JsonValue } from '@sluice/core';

/** Words of any script, with the characters that break careless code: quotes, line ends, braces, emoji. */
const PIECES = [
  'hello',
  ' ',
  'ü',
  '漢字',
  '👩‍🚀',
  '\n',
  '\r\n',
  '"',
  '\\',
  '{',
  '}',
  '<',
  '>',
  ':',
  'data: x',
  '0',
  '\u2028',
];

/** Text without halves of surrogate pairs, which no JSON on a wire can hold. May be empty. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

/** Text with something visible in it. */
export const visibleTexts: fc.Arbitrary<string> = texts.map((text) => `a${text}`);

/** What every vendor accepts as the id or the name of a tool. */
export const identifiers: fc.Arbitrary<string> = fc.stringMatching(/^[a-z][a-z0-9_]{0,11}$/);

const scalars: fc.Arbitrary<JsonValue> = fc.oneof(texts, fc.integer(), fc.boolean(), fc.constant(null));

/** Small objects with ordinary names. */
export const jsonObjects: fc.Arbitrary<JsonObject> = fc.dictionary(
  identifiers,
  fc.oneof(scalars, fc.array(scalars, { maxLength: 3 }), fc.dictionary(identifiers, scalars, { maxKeys: 3 })),
  { maxKeys: 4, noNullPrototype: true },
);

/** Texts cut into pieces anywhere between characters. */
export function pieces(text: string, lengths: readonly number[]): readonly string[] {
  const parts: string[] = [];
  const characters = [...text];
  let at = 0;
  for (const length of lengths) {
    if (at >= characters.length) break;
    parts.push(characters.slice(at, at + length).join(''));
    at += length;
  }
  return [...parts, characters.slice(at).join('')].filter((part) => part !== '');
}

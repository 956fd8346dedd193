import type { CanonicalEvent } from '@sluice/core';
import fc from 'fast-check';
import { wordMaskOf } from '../__fixtures__/word-mask-of.js';
import { maskJsonText, restoreJsonText } from './masked-json-text.js';
import { Masker } from './masker.js';
import { RestoringStream } from './restoring-stream.js';

const PLACEHOLDER = /MASK_[0-9a-f]{10}/g;
const letters = fc.string({
  unit: fc.constantFrom('a', 'B', 'é', 'É', '7', ' ', '-', '"', '\\', 'n', 'M', '😀'),
  minLength: 2,
  maxLength: 6,
});
const words = fc.array(letters, { minLength: 1, maxLength: 5 });
/** Texts in which the words stand, in some case, between other things. */
const cases = words.chain((list) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...list),
        fc.constantFrom(...list.map((word) => word.toUpperCase())),
        fc.string({ unit: 'grapheme' }),
        letters,
        fc.constantFrom('MASK_', 'MASK_0123'),
      ),
      { maxLength: 12 },
    )
    .map((parts) => ({ words: list, text: parts.join('') })),
);
const runs = { numRuns: 500 };

/** Whether a word stands in the text, as the simplest search says. */
function stands(list: readonly string[], text: string): boolean {
  return list.some((word) => text.toLowerCase().includes(word.toLowerCase()));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    ...(Array.isArray(value) ? [] : [name]),
    ...textsIn(member),
  ]);
}

describe('the laws of masking', () => {
  it('gives any text back, and leaves no word between the placeholders', () => {
    fc.assert(
      fc.property(cases, ({ words: list, text }) => {
        const mask = wordMaskOf(...list);

        const masked = mask.mask(text);

        expect(mask.restore(masked)).toBe(text);
        expect(masked.split(PLACEHOLDER).filter((part) => stands(list, part))).toEqual([]);
      }),
      runs,
    );
  });

  it('gives the same bytes for the same text in every turn: masking what was restored changes nothing', () => {
    fc.assert(
      fc.property(cases, ({ words: list, text }) => {
        const first = wordMaskOf(...list);
        const sent = first.mask(text);

        expect(wordMaskOf(...list).mask(first.restore(sent))).toBe(sent);
      }),
      runs,
    );
  });

  it('restores a stream however it is cut', () => {
    fc.assert(
      fc.property(cases, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), ({ words: list, text }, cuts) => {
        const mask = wordMaskOf(...list);

        const deltas = streamed(mask.mask(text), cuts, new RestoringStream(mask));

        expect(deltas.join('')).toBe(text);
        expect(deltas).not.toContain('');
      }),
      runs,
    );
  });

  it('keeps JSON valid, without a word in any of its texts, and gives it back', () => {
    fc.assert(
      fc.property(cases, fc.jsonValue(), ({ words: list, text }, other) => {
        const mask = wordMaskOf(...list);
        const json = JSON.stringify({ text, [`name ${text}`]: [other, text] });

        const masked = maskJsonText(json, mask);

        const parts = textsIn(JSON.parse(masked)).flatMap((each) => each.split(PLACEHOLDER));
        expect(parts.filter((part) => stands(list, part))).toEqual([]);
        expect(restoreJsonText(masked, mask)).toBe(json);
      }),
      runs,
    );
  });

  it('sees every word in a body, whatever is escaped and however deep', () => {
    fc.assert(
      fc.property(cases, fc.boolean(), fc.nat({ max: 2 }), ({ words: list, text }, isEscaped, depth) => {
        let json = JSON.stringify({ text });
        for (let level = 0; level < depth; level += 1) json = JSON.stringify({ arguments: json });
        const body = isEscaped ? json.replace(/[a-zé](?=[^\\]*$)/gi, escapeOf) : json;

        const masker = new Masker({ words: list, key: 'key' });

        expect(masker.mayOccurIn(Buffer.from(body)) || !stands(list, text)).toBe(true);
      }),
      runs,
    );
  });
});

function streamed(text: string, cuts: readonly number[], stream: RestoringStream): readonly string[] {
  const deltas: string[] = [];
  const note = (event: CanonicalEvent): void => {
    if (event.type === 'block-delta') deltas.push(event.delta);
  };
  stream.push({ type: 'block-start', index: 0, block: { type: 'text' } }, note);
  let at = 0;
  for (let cut = 0; at < text.length; cut += 1) {
    const length = cuts[cut % cuts.length] ?? 1;
    stream.push({ type: 'block-delta', index: 0, delta: text.slice(at, at + length) }, note);
    at += length;
  }
  stream.push({ type: 'block-end', index: 0 }, note);
  return deltas;
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

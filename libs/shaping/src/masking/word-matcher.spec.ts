import fc from 'fast-check';
import { WordMatcher } from './word-matcher.js';

function found(words: readonly string[], text: string): readonly string[] {
  return new WordMatcher(words).matches(text).map(({ start, end }) => text.slice(start, end));
}

describe('WordMatcher', () => {
  it.each<[what: string, words: readonly string[], text: string, expected: readonly string[]]>([
    ['words anywhere', ['acme', 'heron'], 'The acme-heron of Acme', ['acme', 'heron', 'Acme']],
    ['inside other words', ['ann'], 'channel', ['ann']],
    [
      'the longest of those that begin at one place',
      ['acme', 'acme corp', 'ac'],
      'Acme Corp, acme co',
      ['Acme Corp', 'acme'],
    ],
    ['the first of those that overlap', ['abc', 'bcd'], 'abcd', ['abc']],
    ['a longer word that begins before a shorter one ends', ['bc', 'abcd'], 'abcd abce', ['abcd', 'bc']],
    ['a short word where the longer one breaks off', ['ab', 'ababx'], 'ababab', ['ab', 'ab', 'ab']],
    ['a word behind a false start', ['aab'], 'aaab', ['aab']],
    ['letters beyond ASCII in any case', ['ÉCOLE', 'σοφός'], 'l’école ΣΟΦΌΣ', ['école', 'ΣΟΦΌΣ']],
    ['a letter whose capitals are two as itself', ['straße'], 'STRASSE Straße', ['Straße']],
    ['any white space for a blank', ['acme corp'], 'acme\ncorp acme\u00a0corp', ['acme\ncorp', 'acme\u00a0corp']],
    ['emoji', ['🦤x'], 'a🦤X', ['🦤X']],
    ['nothing', [], 'text', []],
    ['nothing of an empty word', [''], 'text', []],
  ])('finds %s', (_what, words, text, expected) => {
    expect(found(words, text)).toEqual(expected);
    expect(new WordMatcher(words).occursIn(text)).toBe(expected.length > 0);
  });

  it('finds what a search for each word finds, the first and longest', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(letters, { minLength: 1, maxLength: 6 }),
        fc.array(letters, { maxLength: 8 }),
        (words, parts) => {
          const text = parts.join('');
          const alternatives = words.toSorted((one, other) => other.length - one.length).join('|');

          expect(found(words, text)).toEqual(text.match(new RegExp(alternatives, 'g')) ?? []);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads a text once, however many words almost stand there', () => {
    const words = Array.from({ length: 1_000 }, (_, index) => `${'a'.repeat(190)}${index}`);
    const text = 'a'.repeat(200_000);

    expect(found(words, text)).toEqual([]);
  });
});

import { Masker } from './masker.js';

const masker = (...words: readonly string[]): Masker => new Masker({ words, key: 'key' });

describe('Masker', () => {
  describe('mayOccurIn', () => {
    it.each<[word: string, json: string]>([
      ['Acme', '{"a":"the acme"}'],
      ['Acme', String.raw`{"a":"\u0041cm\u0065"}`],
      ['Acme', String.raw`{"arguments":"{\"name\":\"\\u0041cme\"}"}`],
      ['Acme', String.raw`{"a":"\\acme"}`],
      ['Acme Corp', String.raw`{"a":"acme\ncorp"}`],
      ['Acme Corp', String.raw`{"arguments":"{\"a\":\"acme\\ncorp\"}"}`],
      ['nord', String.raw`{"path":"C:\\nord"}`],
      ['nord stern', String.raw`{"path":"C:\\nord\nstern"}`],
      ['a/b', String.raw`{"a":"a\/b"}`],
      ['say "it"', String.raw`{"a":"say \"it\""}`],
      ['CORP\\ann', '{"a":"nothing of it"}'],
      ['école', '{"a":"E\u0301cole"}'],
      ['école', '{"a":"École"}'],
    ])('sees %s in %s', (word, json) => {
      expect(masker(word).mayOccurIn(Buffer.from(json))).toBe(true);
    });

    it.each<[word: string, json: string]>([
      ['Acme', String.raw`{"a":"ac\nme \u0042cme"}`],
      ['nord', String.raw`{"path":"C:\\north"}`],
      ['heron', '{"model":"gpt","messages":[]}'],
    ])('does not see %s in %s', (word, json) => {
      expect(masker(word).mayOccurIn(Buffer.from(json))).toBe(false);
    });
  });

  describe('placeholderFor', () => {
    it('is a name of letters, digits and underscores, the same for the same spelling and key', () => {
      const isTaken = () => false;

      const placeholder = masker('acme').placeholderFor('Acme', isTaken);

      expect(placeholder).toMatch(/^MASK_[0-9a-f]{10}$/);
      expect(masker('acme', 'other').placeholderFor('Acme', isTaken)).toBe(placeholder);
      expect(masker('acme').placeholderFor('ACME', isTaken)).not.toBe(placeholder);
      expect(new Masker({ words: ['acme'], key: 'another' }).placeholderFor('Acme', isTaken)).not.toBe(placeholder);
    });

    it('is another where the first is taken', () => {
      const first = masker('acme').placeholderFor('Acme', () => false);

      expect(masker('acme').placeholderFor('Acme', (placeholder) => placeholder === first)).not.toBe(first);
    });

    it('holds none of the words', () => {
      const first = masker('acme').placeholderFor('Acme', () => false);
      const digits = first.slice(-4);

      expect(masker('acme', digits).placeholderFor('Acme', () => false)).not.toContain(digits);
    });
  });
});

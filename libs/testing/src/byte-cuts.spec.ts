import fc from 'fast-check';
import { BYTE_CUTS, byteCuts } from './byte-cuts.js';

const hex = (pieces: readonly Buffer[]): string[] => pieces.map((piece) => piece.toString('hex'));

describe('byteCuts', () => {
  describe.each(BYTE_CUTS)('%s', (_, cut) => {
    it('loses, adds and reorders nothing, and gives no empty piece', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 400 }), (input) => {
          const bytes = Buffer.from(input);

          const pieces = cut(bytes);

          expect(Buffer.concat([...pieces])).toEqual(bytes);
          expect(pieces.filter((piece) => piece.length === 0)).toEqual([]);
        }),
      );
    });
  });

  describe('whole', () => {
    it('gives one piece', () => {
      expect(hex(byteCuts.whole(Buffer.from('abc')))).toEqual(['616263']);
    });
  });

  describe('oneByte', () => {
    it('gives each byte', () => {
      expect(hex(byteCuts.oneByte(Buffer.from('aé')))).toEqual(['61', 'c3', 'a9']);
    });
  });

  describe('atEvery', () => {
    it('leaves the rest in the last piece', () => {
      expect(hex(byteCuts.atEvery(2)(Buffer.from('abcde')))).toEqual(['6162', '6364', '65']);
    });

    it.each([0, -1, 1.5])('refuses %d', (size) => {
      expect(() => byteCuts.atEvery(size)).toThrow(RangeError);
    });
  });

  describe('insideUtf8', () => {
    it('tears each multibyte character at each of its inner borders', () => {
      expect(hex(byteCuts.insideUtf8(Buffer.from('aé€😀b')))).toEqual([
        '61c3',
        'a9e2',
        '82',
        'acf0',
        '9f',
        '98',
        '8062',
      ]);
    });

    it('leaves ASCII whole', () => {
      expect(byteCuts.insideUtf8(Buffer.from('data: {}\n\n'))).toHaveLength(1);
    });
  });

  describe('random', () => {
    const bytes = Buffer.alloc(5_000, 'x');

    it('repeats itself for a seed and differs for another', () => {
      expect(hex(byteCuts.random(3)(bytes))).toEqual(hex(byteCuts.random(3)(bytes)));
      expect(hex(byteCuts.random(3)(bytes))).not.toEqual(hex(byteCuts.random(4)(bytes)));
    });

    it('gives pieces of one to forty-eight bytes', () => {
      const sizes = byteCuts
        .random(3)(bytes)
        .map((piece) => piece.length);

      expect(Math.max(...sizes)).toBeLessThanOrEqual(48);
      expect(new Set(sizes).size).toBeGreaterThan(20);
    });
  });
});

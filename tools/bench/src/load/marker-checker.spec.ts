import { MarkerChecker } from './marker-checker.js';

const marker = (number: number): string =>
  `data: {"text":"#${String(number).padStart(8, '0')}@0000000000000042; x"}\n\n`;

function check(chunks: number, ...pieces: readonly string[]): string | undefined {
  const checker = new MarkerChecker(chunks, () => undefined);
  for (const piece of pieces) checker.push(Buffer.from(piece));
  return checker.finish();
}

describe('MarkerChecker', () => {
  describe('push', () => {
    it('reports the stamp of every marker, also of one that is cut', () => {
      const text = marker(0) + marker(1);

      for (let cut = 1; cut < text.length; cut++) {
        const stamps: number[] = [];
        const checker = new MarkerChecker(2, (sentNs) => stamps.push(sentNs));
        checker.push(Buffer.from(text.slice(0, cut)));
        checker.push(Buffer.from(text.slice(cut)));
        expect(stamps).toEqual([42, 42]);
        expect(checker.finish()).toBeUndefined();
      }
    });
  });

  describe('finish', () => {
    it.each([
      ['a complete stream', [0, 1, 2], undefined],
      ['a lost chunk', [0, 2], '1 of 3 chunks lost'],
      ['a stream that stops early', [0], '2 of 3 chunks lost'],
      ['a doubled chunk', [0, 1, 1, 2], 'chunk 1 doubled'],
      ['swapped chunks', [0, 2, 1], 'chunk 1 reordered'],
      ['a chunk that nobody sent', [0, 1, 2, 3], 'chunk 3 of 3 was never sent'],
    ])('judges %s', (_name, numbers, verdict) => {
      expect(check(3, ...numbers.map(marker))).toBe(verdict);
    });
  });
});

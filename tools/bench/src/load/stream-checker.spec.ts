import { renderBlankStream, renderFrame, STAMP_DIGITS, type StreamShape } from '../wire/stream-shape.js';
import { WIRE_SHAPES } from '../wire/wire-shapes.js';
import { StreamChecker } from './stream-checker.js';

const STAMPS = [11, 22, 33];

interface Verdict {
  readonly fault: string | undefined;
  readonly stamps: readonly number[];
}

function check(shape: StreamShape, ...pieces: readonly Buffer[]): Verdict {
  const stamps: number[] = [];
  const checker = new StreamChecker(shape, renderBlankStream(shape, 3), 3, (sentNs) => stamps.push(sentNs));
  for (const piece of pieces) checker.push(piece);
  return { fault: checker.finish(), stamps };
}

describe.each(Object.entries(WIRE_SHAPES))('StreamChecker of %s', (_format, { stream: shape }) => {
  const [first, second, third] = STAMPS.map((stamp, number) => renderFrame(shape, number, stamp)) as [
    Buffer,
    Buffer,
    Buffer,
  ];

  describe('finish', () => {
    it('accepts a complete stream and reports each stamp', () => {
      expect(check(shape, shape.head, first, second, third, shape.tail)).toEqual({ fault: undefined, stamps: STAMPS });
    });

    it('accepts it wherever the bytes are cut', () => {
      const bytes = Buffer.concat([shape.head, first, second, third, shape.tail]);

      for (let cut = 1; cut < bytes.length; cut++) {
        expect(check(shape, bytes.subarray(0, cut), bytes.subarray(cut))).toEqual({ fault: undefined, stamps: STAMPS });
      }
    });

    it.each([
      ['a lost chunk', [shape.head, first, third, shape.tail], 'other bytes near chunk 1'],
      ['a doubled chunk', [shape.head, first, first, second, third, shape.tail], 'other bytes near chunk 1'],
      ['swapped chunks', [shape.head, second, first, third, shape.tail], 'other bytes near chunk 0'],
      ['a missing tail', [shape.head, first, second, third], 'ends after 3 of 3 chunks'],
      ['a stream that stops early', [shape.head, first], 'ends after 1 of 3 chunks'],
      ['bytes after the end', [shape.head, first, second, third, shape.tail, Buffer.from('x')], '1 bytes too many'],
    ])('refuses %s', (_name, pieces, reason) => {
      expect(check(shape, ...pieces).fault).toContain(reason);
    });

    it('refuses a byte that is another, wherever it stands outside of a stamp', () => {
      const bytes = Buffer.concat([shape.head, first, second, third, shape.tail]);
      const stamps = STAMPS.map((_stamp, number) => shape.head.length + number * first.length + shape.stampOffset);
      const checked = [...bytes.keys()].filter(
        (at) => !stamps.some((start) => at >= start && at < start + STAMP_DIGITS),
      );

      const missed = checked.filter((at) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        return check(shape, changed).fault === undefined;
      });

      expect(missed).toEqual([]);
    });
  });
});

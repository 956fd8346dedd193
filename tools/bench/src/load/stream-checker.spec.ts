import { renderBlankStream, renderFrame, STREAM_SHAPES } from '../wire/stream-shape.js';
import { StreamChecker } from './stream-checker.js';

const SHAPE = STREAM_SHAPES['openai-chat'];
const BLANK = renderBlankStream(SHAPE, 3);
const frames = [11, 22, 33].map((stamp, number) => renderFrame(SHAPE, number, stamp));
const [first, second, third] = frames as [Buffer, Buffer, Buffer];

function check(...pieces: readonly Buffer[]): { fault: string | undefined; stamps: number[] } {
  const stamps: number[] = [];
  const checker = new StreamChecker(SHAPE, BLANK, 3, (sentNs) => stamps.push(sentNs));
  for (const piece of pieces) checker.push(piece);
  return { fault: checker.finish(), stamps };
}

describe('StreamChecker', () => {
  describe('finish', () => {
    it('accepts a complete stream and reports each stamp', () => {
      expect(check(SHAPE.head, first, second, third, SHAPE.tail)).toEqual({ fault: undefined, stamps: [11, 22, 33] });
    });

    it('accepts it wherever the bytes are cut', () => {
      const bytes = Buffer.concat([SHAPE.head, first, second, third, SHAPE.tail]);

      for (let cut = 1; cut < bytes.length; cut++) {
        expect(check(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual({ fault: undefined, stamps: [11, 22, 33] });
      }
    });

    it.each([
      ['a lost chunk', [SHAPE.head, first, third, SHAPE.tail], 'other bytes near chunk 1'],
      ['a doubled chunk', [SHAPE.head, first, first, second, third, SHAPE.tail], 'other bytes near chunk 1'],
      ['swapped chunks', [SHAPE.head, second, first, third, SHAPE.tail], 'other bytes near chunk 0'],
      ['a missing tail', [SHAPE.head, first, second, third], 'ends after 3 of 3 chunks'],
      ['a stream that stops early', [SHAPE.head, first], 'ends after 1 of 3 chunks'],
      ['bytes after the end', [SHAPE.head, first, second, third, SHAPE.tail, Buffer.from('x')], '1 bytes too many'],
    ])('refuses %s', (_name, pieces, reason) => {
      expect(check(...pieces).fault).toContain(reason);
    });
  });
});

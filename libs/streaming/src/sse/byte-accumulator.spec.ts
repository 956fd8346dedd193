import fc from 'fast-check';
import { ByteAccumulator } from './byte-accumulator.js';

describe('ByteAccumulator', () => {
  it('joins pieces, whatever their sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 12 }), (arrays) => {
        const pieces = arrays.map((array) => Buffer.from(array));
        const accumulator = new ByteAccumulator();

        for (const piece of pieces) accumulator.append(piece);

        expect(accumulator.view().equals(Buffer.concat(pieces))).toBe(true);
        expect(accumulator.length).toBe(Buffer.concat(pieces).length);
      }),
    );
  });

  it('appends a part of a piece', () => {
    const accumulator = new ByteAccumulator();

    accumulator.append(Buffer.from('abcdef'), 2, 4);
    accumulator.append(Buffer.from('xyz'), 1);

    expect(accumulator.view().toString()).toBe('cdyz');
  });

  it('hands over a copy that later bytes do not change', () => {
    const accumulator = new ByteAccumulator();
    accumulator.append(Buffer.from('first'));

    const taken = accumulator.take();
    accumulator.append(Buffer.from('other'));

    expect(taken.toString()).toBe('first');
    expect(accumulator.view().toString()).toBe('other');
  });

  it('does not keep the piece itself', () => {
    const piece = Buffer.from('kept');
    const accumulator = new ByteAccumulator();

    accumulator.append(piece);
    piece.fill('x');

    expect(accumulator.view().toString()).toBe('kept');
  });

  it('truncates, never lengthens', () => {
    const accumulator = new ByteAccumulator();
    accumulator.append(Buffer.from('abc'));

    accumulator.truncate(1);
    accumulator.truncate(2);

    expect(accumulator.view().toString()).toBe('a');
  });

  it('is empty after clear, also when it was large', () => {
    const accumulator = new ByteAccumulator();
    accumulator.append(Buffer.alloc(10_000, 'a'));

    accumulator.clear();
    accumulator.append(Buffer.from('b'));

    expect(accumulator.view().toString()).toBe('b');
  });
});

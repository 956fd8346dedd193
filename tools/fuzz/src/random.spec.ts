import { Random } from './random.js';

describe('Random', () => {
  it('repeats itself for a seed and an iteration', () => {
    expect(draw(new Random(7, 3))).toEqual(draw(new Random(7, 3)));
  });

  it.each([
    ['another iteration', new Random(7, 4)],
    ['another seed', new Random(8, 3)],
  ])('gives other numbers for %s', (_name, random) => {
    expect(draw(random)).not.toEqual(draw(new Random(7, 3)));
  });

  it('stays below the limit and reaches every number under it', () => {
    const random = new Random(1);

    expect(new Set(Array.from({ length: 200 }, () => random.below(4)))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('refuses to choose from nothing', () => {
    expect(() => new Random(1).pick([])).toThrow(RangeError);
  });
});

function draw(random: Random): readonly number[] {
  return Array.from({ length: 8 }, () => random.below(1000));
}

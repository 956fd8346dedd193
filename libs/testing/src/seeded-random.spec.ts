import { seededRandom, type RandomSource } from './seeded-random.js';

const draw = (count: number, random: RandomSource): number[] => Array.from({ length: count }, () => random());

describe('seededRandom', () => {
  it('gives the same numbers for the same seed', () => {
    expect(draw(20, seededRandom(7))).toEqual(draw(20, seededRandom(7)));
  });

  it('gives other numbers for another seed', () => {
    expect(draw(20, seededRandom(7))).not.toEqual(draw(20, seededRandom(8)));
  });

  it('stays in [0, 1) and covers it evenly', () => {
    const numbers = draw(10_000, seededRandom(1));

    expect(numbers.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(new Set(numbers.map((value) => Math.floor(value * 10))).size).toBe(10);
    expect(numbers.reduce((sum, value) => sum + value, 0) / numbers.length).toBeCloseTo(0.5, 1);
  });
});

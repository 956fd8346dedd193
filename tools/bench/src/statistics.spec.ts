import { median, percentile, rotate } from './statistics.js';

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('of nothing is not a number', () => {
    expect(median([])).toBeNaN();
  });
});

describe('percentile', () => {
  it('takes the extremes at 0 and 100', () => {
    expect([percentile([5, 9, 1], 0), percentile([5, 9, 1], 100)]).toEqual([1, 9]);
  });

  it('interpolates between neighbours', () => {
    expect(percentile([0, 10], 25)).toBe(2.5);
  });

  it('leaves its input in order', () => {
    const values = [3, 1, 2];

    percentile(values, 50);

    expect(values).toEqual([3, 1, 2]);
  });
});

describe('rotate', () => {
  it('begins with another item in each round', () => {
    expect([0, 1, 2, 3].map((round) => rotate(['a', 'b', 'c'], round).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
  });

  it('leaves nothing as nothing', () => {
    expect(rotate([], 3)).toEqual([]);
  });
});

import { sumUsage } from './sum-usage.js';

describe('sumUsage', () => {
  it('adds what both calls reported', () => {
    const first = { input: 10, output: 3, cacheRead: 4, cacheWrite5m: 1, reasoning: 2, source: 'upstream' } as const;
    const second = { input: 12, output: 5, cacheRead: 6, cacheWrite5m: 2, reasoning: 1, source: 'upstream' } as const;

    expect(sumUsage(first, second)).toEqual({
      input: 22,
      output: 8,
      cacheRead: 10,
      cacheWrite5m: 3,
      reasoning: 3,
      source: 'upstream',
    });
  });

  it('keeps what only one of them reported', () => {
    const sum = sumUsage({ input: 10, source: 'estimated' }, { output: 2, credits: 0.5, source: 'upstream' });

    expect(sum).toEqual({ input: 10, output: 2, credits: 0.5, source: 'mixed' });
  });

  it.each([
    [undefined, { output: 2, source: 'upstream' } as const],
    [{ output: 2, source: 'upstream' } as const, undefined],
  ])('is the word of the one that said something', (first, second) => {
    expect(sumUsage(first, second)).toEqual({ output: 2, source: 'upstream' });
  });

  it('is nothing where both said nothing', () => {
    expect(sumUsage(undefined, undefined)).toBeUndefined();
  });
});

import { heapGrowth } from './heap-growth.js';

const MEGABYTE = 1024 * 1024;
/** Eight million characters in strings of their own. */
const fill = (kept: string[]): void => {
  for (let position = 0; position < 20_000; position += 1) kept.push(`${position}`.padEnd(400, 'x'));
};

describe('heapGrowth', () => {
  it('sees what is kept', () => {
    const kept: string[] = [];

    expect(heapGrowth(() => fill(kept))).toBeGreaterThan(6 * MEGABYTE);
    expect(kept).toHaveLength(20_000);
  });

  it('does not see what was let go', () => {
    expect(heapGrowth(() => fill([]))).toBeLessThan(2 * MEGABYTE);
  });
});

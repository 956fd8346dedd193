import { tellFromNow, tellInstant } from './tell-time.js';

const NOW_MS = Date.UTC(2026, 0, 1, 12);

describe('tellFromNow', () => {
  it.each([
    [0, 'in 0 s'],
    [59_999, 'in 59 s'],
    [60_000, 'in 1 min'],
    [119 * 60_000, 'in 119 min'],
    [2 * 3_600_000, 'in 2 h'],
    [47 * 3_600_000, 'in 47 h'],
    [48 * 3_600_000, 'in 2 d'],
    [-1_000, '1 s ago'],
    [-3 * 86_400_000, '3 d ago'],
  ])('tells %d ms as %s', (ms, expected) => {
    expect(tellFromNow(NOW_MS + ms, NOW_MS)).toBe(expected);
  });
});

describe('tellInstant', () => {
  it('tells it to the minute', () => {
    expect(tellInstant(NOW_MS + 59_999)).toBe('2026-01-01 12:00 UTC');
  });
});

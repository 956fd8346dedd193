import { readInstant } from './read-instant.js';

describe('readInstant', () => {
  it.each([
    ['2026-01-11T14:33:30.786Z', Date.UTC(2026, 0, 11, 14, 33, 30, 786)],
    ['2026-01-11T14:33:30.786627Z', Date.UTC(2026, 0, 11, 14, 33, 30, 786)],
    ['2026-01-11T14:33:30Z', Date.UTC(2026, 0, 11, 14, 33, 30)],
    ['2026-01-11T14:33:30+02:00', Date.UTC(2026, 0, 11, 12, 33, 30)],
    [1.7672256e9, 1_767_225_600_000],
    [1_767_225_600_000, 1_767_225_600_000],
  ])('%s', (value, ms) => {
    expect(readInstant(value)).toBe(ms);
  });

  it('86: with nine digits behind the second', () => {
    expect(readInstant('2026-01-11T14:33:30.786627123Z')).toBe(Date.UTC(2026, 0, 11, 14, 33, 30, 786));
  });

  it.each([[''], ['soon'], [0], [Number.NaN], [null], [undefined], [{}]])('%j is none', (value) => {
    expect(readInstant(value)).toBeUndefined();
  });
});

import { toHeaderRecord } from './header-record.js';

describe('toHeaderRecord', () => {
  it('has a header of any name, and nothing that was not sent', () => {
    const record = toHeaderRecord([{ name: '__proto__', type: 'byte-array', value: Uint8Array.of(1) }]);

    expect(Object.entries(record)).toEqual([['__proto__', Uint8Array.of(1)]]);
    expect(record['constructor']).toBeUndefined();
  });

  it.each([
    [8_640_000_000_000_000n, new Date(8_640_000_000_000_000)],
    [-8_640_000_000_000_000n, new Date(-8_640_000_000_000_000)],
    [8_640_000_000_000_001n, 8_640_000_000_000_001n],
    [-(2n ** 63n), -(2n ** 63n)],
  ])('gives the timestamp %p as a date where a date can hold it', (value, expected) => {
    expect(toHeaderRecord([{ name: 'd', type: 'timestamp', value }])['d']).toEqual(expected);
  });
});

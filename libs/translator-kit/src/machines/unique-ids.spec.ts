import { UniqueIds } from './unique-ids.js';

describe('UniqueIds', () => {
  it.each([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [
      ['a', 'a', 'a'],
      ['a', 'a_2', 'a_3'],
    ],
    [
      ['a', 'a_2', 'a'],
      ['a', 'a_2', 'a_3'],
    ],
    [
      ['a', 'a', 'a_2'],
      ['a', 'a_2', 'a_2_2'],
    ],
  ])('gives %j as %j', (asked, given) => {
    const ids = new UniqueIds();

    expect(asked.map((id) => ids.take(id))).toEqual(given);
    expect(ids.count).toBe(asked.length);
  });

  it('gives a repeated id as often as an answer may be large', () => {
    const ids = new UniqueIds();
    const given = new Set(Array.from({ length: 100_000 }, () => ids.take('a')));

    expect(given.size).toBe(100_000);
  });
});

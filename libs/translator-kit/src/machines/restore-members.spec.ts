import { nestedMember, restoreMembers, withoutMembers } from './restore-members.js';

describe('restoreMembers', () => {
  it('is the encoded object where nothing was carried', () => {
    const encoded = { a: 1 };

    expect(restoreMembers(encoded, undefined)).toBe(encoded);
  });

  it('adds what was carried, at every depth, and lets the encoder win', () => {
    const encoded = { model: 'ours', options: { deep: { known: 1 } } };
    const carried = { model: 'theirs', extra: true, options: { other: 2, deep: { known: 0, unknown: 3 } } };

    expect(restoreMembers(encoded, carried)).toEqual({
      model: 'ours',
      extra: true,
      options: { other: 2, deep: { known: 1, unknown: 3 } },
    });
  });
});

describe('withoutMembers', () => {
  it.each([
    [{ a: 1, b: 2 }, ['a'], { b: 2 }],
    [{ a: 1 }, ['a'], {}],
    [{ a: 1 }, ['x'], { a: 1 }],
    [undefined, ['a'], undefined],
  ])('%j without %j is %j', (object, names, left) => {
    expect(withoutMembers(object, names)).toEqual(left);
  });
});

describe('nestedMember', () => {
  it.each([
    [{ a: 1 }, { name: { a: 1 } }],
    [undefined, undefined],
  ])('of %j is %j', (members, nested) => {
    expect(nestedMember('name', members)).toEqual(nested);
  });
});

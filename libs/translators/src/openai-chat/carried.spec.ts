import { nestedMember, restoreMembers, withoutMembers } from '@sluice/translator-kit';
import { carriedBy, carry } from './carried.js';

describe('carry', () => {
  it('is nothing for nothing, and one bag for several', () => {
    expect(carry(undefined, undefined)).toEqual({});
    expect(carry({ a: 1 }, undefined, nestedMember('b', { c: 2 }))).toEqual({
      extensions: { 'openai-chat': { a: 1, b: { c: 2 } } },
    });
  });

  it('is read back', () => {
    expect(carriedBy(carry({ a: 1 }))).toEqual({ a: 1 });
    expect(carriedBy({ extensions: { gemini: { a: 1 } } })).toBeUndefined();
  });
});

describe('restore', () => {
  it('adds at every depth, and what the encoder says wins', () => {
    const encoded = { a: 1, b: { c: 2 }, d: [1] };
    const carried = { a: 9, b: { c: 9, e: 3 }, d: [9], f: 4 };

    expect(restoreMembers(encoded, carried)).toEqual({ a: 1, b: { c: 2, e: 3 }, d: [1], f: 4 });
    expect(JSON.stringify(restoreMembers(encoded, carried))).toBe('{"a":1,"b":{"c":2,"e":3},"d":[1],"f":4}');
  });

  it('keeps a member with any name a member', () => {
    const carried = JSON.parse('{"__proto__":{"polluted":true}}');

    const restored = restoreMembers({ a: 1 }, carried);

    expect(Object.hasOwn(restored, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('without', () => {
  it('leaves members out, and the object alone that has none of them', () => {
    const object = { a: 1, b: 2 };

    expect(withoutMembers(object, ['b'])).toEqual({ a: 1 });
    expect(withoutMembers(object, ['c'])).toBe(object);
    expect(withoutMembers(undefined, ['c'])).toBeUndefined();
  });
});

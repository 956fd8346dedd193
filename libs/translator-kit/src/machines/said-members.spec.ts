import type { Extensions, JsonObject } from '@sluice/core';
import { carriedFor, foreignMembers, saidAs } from './said-members.js';

const bag = (unsaid: JsonObject, said?: JsonObject): Extensions => ({ acme: { ...unsaid, ...saidAs(said) } });

describe('carriedFor', () => {
  it.each<[string, Extensions | undefined, JsonObject | undefined]>([
    ['nothing', undefined, undefined],
    ['another format’s members', { other: { a: 1 } }, undefined],
    ['what only the format says', bag({ a: 1 }), { a: 1 }],
    ['how it spelled the rest', bag({}, { b: 2 }), { b: 2 }],
    ['both', bag({ a: 1 }, { b: 2 }), { a: 1, b: 2 }],
    ['both halves of one member', bag({ m: { x: 1 } }, { m: { y: 2 } }), { m: { x: 1, y: 2 } }],
    ['the unsaid where both say it', bag({ m: 1 }, { m: 2 }), { m: 1 }],
  ])('gives %s', (_, extensions, expected) => {
    expect(carriedFor(extensions, 'acme')).toEqual(expected);
  });
});

describe('foreignMembers', () => {
  it.each<[string, Extensions | undefined, string[]]>([
    ['nothing', undefined, []],
    ['a bag of its own', bag({ a: 1 }), []],
    ['what the node says as well', { other: { ...saidAs({ a: 1 }) } }, []],
  ])('misses nothing of %s', (_, extensions, expected) => {
    expect(foreignMembers(extensions, 'acme')).toEqual(expected);
  });

  it('names what only others can say', () => {
    expect(foreignMembers({ ...bag({ a: 1, b: 2 }, { c: 3 }), other: { d: 4 } }, 'mine')).toEqual([
      { format: 'acme', names: ['a', 'b'] },
      { format: 'other', names: ['d'] },
    ]);
  });
});

import type { JsonObject } from '@sluice/core';
import { deepFreeze } from '../laws/deep-freeze.js';
import { toObjectSchema } from './object-schema.js';

describe('toObjectSchema', () => {
  it.each<[string, JsonObject | undefined, JsonObject]>([
    ['nothing', undefined, { type: 'object', properties: {} }],
    ['an empty schema', {}, { type: 'object', properties: {} }],
    ['an object without properties', { type: 'object', title: 'T' }, { type: 'object', title: 'T', properties: {} }],
    ['null for properties', { type: 'object', properties: null }, { type: 'object', properties: {} }],
    [
      'a choice of two objects',
      { anyOf: [{ properties: { a: { type: 'string' } } }, { properties: { b: {} } }] },
      { type: 'object', properties: { a: { type: 'string' }, b: {} } },
    ],
    [
      'a choice, with what every branch requires',
      {
        oneOf: [
          { properties: { a: {}, b: {} }, required: ['a', 'b'] },
          { properties: { a: {} }, required: ['a'] },
        ],
      },
      { type: 'object', properties: { a: {}, b: {} }, required: ['a'] },
    ],
    [
      'a sum, with what any part requires',
      {
        required: ['c'],
        properties: { c: {} },
        allOf: [{ properties: { a: {} }, required: ['a'] }, { required: ['b'] }],
      },
      { type: 'object', properties: { a: {}, c: {} }, required: ['c', 'a', 'b'] },
    ],
    [
      'a property of its own before one of a branch',
      { properties: { a: { type: 'number' } }, anyOf: [{ properties: { a: { type: 'string' } } }] },
      { type: 'object', properties: { a: { type: 'number' } } },
    ],
  ])('makes an object schema of %s', (_name, schema, expected) => {
    expect(toObjectSchema(deepFreeze(schema))).toEqual(expected);
  });

  it('returns a schema that is right itself, unions below the root included', () => {
    const schema = { type: 'object', properties: { a: { anyOf: [{ type: 'string' }, { type: 'null' }] } } };

    expect(toObjectSchema(schema)).toBe(schema);
  });
});

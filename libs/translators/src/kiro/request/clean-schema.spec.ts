import type { JsonObject } from '@sluice/core';
import { cleanSchema } from './clean-schema.js';

const clean = (schema: JsonObject) => cleanSchema(schema).schema;
const property = (schema: JsonObject) => clean({ type: 'object', properties: { p: schema } })['properties'];

describe('cleanSchema', () => {
  describe('reference vectors', () => {
    it('40: a property that is called like a keyword', () => {
      const schema = {
        type: 'object',
        properties: { required: { type: 'string' } },
        required: [],
        additionalProperties: false,
      };

      expect(clean(schema)).toEqual({ type: 'object', properties: { required: { type: 'string' } } });
    });

    it('41: no object', () => {
      expect(clean({ type: 'string' })).toEqual({ type: 'object', properties: { input: { type: 'string' } } });
    });

    it('42: nulls', () => {
      expect(clean({ properties: null, required: null })).toEqual({ type: 'object', properties: {} });
    });

    it('43: alternatives at the root', () => {
      const variant = (name: string) => ({
        type: 'object',
        properties: { [name]: { type: 'string' } },
        required: [name],
      });

      expect(clean({ anyOf: [variant('a'), variant('b')] })).toEqual(variant('a'));
    });
  });

  it('leaves a plain schema as it is', () => {
    const schema = {
      type: 'object',
      description: 'd',
      properties: {
        a: { type: 'array', items: { type: 'integer', minimum: 0, maximum: 9 }, minItems: 1 },
        b: { type: 'string', enum: ['x'], default: 'x', format: 'date', pattern: '^x' },
      },
      required: ['a'],
    };

    expect(cleanSchema(schema)).toEqual({ schema, lost: [] });
  });

  it.each([
    ['a constant', { const: 'x' }, { enum: ['x'] }],
    [
      'null among alternatives',
      { anyOf: [{ type: 'string' }, { type: 'null' }], description: 'd' },
      { type: 'string', description: 'd' },
    ],
    ['alternatives that are all lists', { oneOf: [{ const: 'a' }, { enum: ['b', 'c'] }] }, { enum: ['a', 'b', 'c'] }],
    [
      'real alternatives',
      { anyOf: [{ type: 'string' }, { type: 'integer' }] },
      { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    ],
    [
      'deep empties',
      { type: 'array', items: { type: 'object', required: [], additionalProperties: true } },
      { type: 'array', items: { type: 'object' } },
    ],
  ])('rewrites %s', (_name, schema, expected) => {
    expect(property(schema)).toEqual({ p: expected });
  });

  it('writes references out', () => {
    const schema = {
      type: 'object',
      properties: { a: { $ref: '#/$defs/A~1b', description: 'own' } },
      $defs: { 'A/b': { type: 'string', description: 'theirs' } },
      $schema: 'https://json-schema.org/draft/2020-12/schema',
    };

    expect(cleanSchema(schema)).toEqual({
      schema: { type: 'object', properties: { a: { type: 'string', description: 'own' } } },
      lost: [],
    });
  });

  it('ends a definition that contains itself', () => {
    const node = { type: 'object', properties: { child: { $ref: '#/$defs/node' } } };

    const { schema, lost } = cleanSchema({
      type: 'object',
      properties: { tree: { $ref: '#/$defs/node' } },
      $defs: { node },
    });

    expect(schema).toEqual({
      type: 'object',
      properties: { tree: { type: 'object', properties: { child: {} } } },
    });
    expect(lost).toEqual(['$ref']);
  });

  it('stops at its depth', () => {
    let schema: JsonObject = { type: 'string' };
    for (let depth = 0; depth < 100; depth += 1) schema = { type: 'array', items: schema };

    expect(cleanSchema({ type: 'object', properties: { p: schema } }).lost).toEqual(['deep nesting']);
  });

  it.each([
    'not',
    'if',
    'patternProperties',
    'prefixItems',
    'propertyNames',
    'unevaluatedProperties',
    'dependentRequired',
  ])('says that %s is lost', (keyword) => {
    expect(cleanSchema({ type: 'object', properties: {}, [keyword]: {} })).toEqual({
      schema: { type: 'object', properties: {} },
      lost: [keyword],
    });
  });

  it('drops bounds that the service refuses', () => {
    const number = { type: 'number', minimum: -(2 ** 31), maximum: 7, exclusiveMinimum: 0 };

    const { schema, lost } = cleanSchema({ type: 'object', properties: { p: number } });

    expect(schema).toEqual({ type: 'object', properties: { p: { type: 'number', maximum: 7 } } });
    expect(lost).toEqual(['minimum', 'exclusiveMinimum']);
  });
});

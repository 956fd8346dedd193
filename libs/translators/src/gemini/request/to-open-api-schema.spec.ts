import type { JsonObject } from '@sluice/core';
import { encode, text, user } from '../__fixtures__/exchange.js';
import { toOpenApiSchema } from './to-open-api-schema.js';

describe('toOpenApiSchema', () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      'types',
      { type: 'object', properties: { a: { type: 'integer', format: 'int32' } } },
      { type: 'OBJECT', properties: { a: { type: 'INTEGER', format: 'int32' } } },
    ],
    ['a null among types', { type: ['string', 'null'] }, { type: 'STRING', nullable: true }],
    ['a null among branches', { anyOf: [{ type: 'number' }, { type: 'null' }] }, { type: 'NUMBER', nullable: true }],
    [
      'several branches',
      { oneOf: [{ type: 'number' }, { type: 'string' }] },
      { anyOf: [{ type: 'NUMBER' }, { type: 'STRING' }] },
    ],
    ['several types', { type: ['number', 'string'] }, { anyOf: [{ type: 'NUMBER' }, { type: 'STRING' }] }],
    ['a constant', { const: 'x' }, { type: 'STRING', enum: ['x'] }],
    [
      'numbers to choose from',
      { type: 'integer', enum: [1, 2, null] },
      { type: 'STRING', enum: ['1', '2'], nullable: true },
    ],
    [
      'required members that are none',
      { type: 'object', properties: { a: {} }, required: ['a', 'b'] },
      { type: 'OBJECT', properties: { a: {} }, required: ['a'] },
    ],
    ['an object without properties', { type: 'object', properties: {} }, { type: 'OBJECT' }],
    [
      'properties named like keywords',
      { type: 'object', properties: { default: { type: 'string' }, $ref: { type: 'string' } } },
      { type: 'OBJECT', properties: { default: { type: 'STRING' }, $ref: { type: 'STRING' } } },
    ],
    [
      'a reference',
      { type: 'array', items: { $ref: '#/$defs/a~1b' }, $defs: { 'a/b': { type: 'boolean' } } },
      { type: 'ARRAY', items: { type: 'BOOLEAN' } },
    ],
    [
      'remarks',
      { $schema: 'x', $id: 'y', title: 'T', type: 'string', description: 'd' },
      { description: 'd', type: 'STRING' },
    ],
  ])('says %s', (_, schema, expected) => {
    expect(toOpenApiSchema(schema)).toEqual({ schema: expected, lost: [] });
  });

  it('names what it cannot say, each keyword once', () => {
    const inner = { type: 'string', format: 'uri', default: 'x' };
    const schema = { type: 'object', properties: { a: inner, b: inner }, additionalProperties: false, 'x-own': 1 };

    const { schema: written, lost } = toOpenApiSchema(schema);

    expect(written).toEqual({ type: 'OBJECT', properties: { a: { type: 'STRING' }, b: { type: 'STRING' } } });
    expect([...lost].sort()).toEqual(['additionalProperties', 'default', 'format', 'x-own']);
  });

  it('follows no more references than a bound', () => {
    const node = {
      type: 'object',
      properties: Object.fromEntries([...'abcdefghij'].map((name) => [name, { $ref: '#/$defs/n' }])),
    };

    const { schema, lost } = toOpenApiSchema({ $ref: '#/$defs/n', $defs: { n: node } });

    expect(JSON.stringify(schema).length).toBeLessThan(1_000_000);
    expect(lost).toEqual(['$ref']);
  });

  it('ends at a reference that leads back to itself, and at one that leads nowhere', () => {
    const recursive = {
      $ref: '#/$defs/node',
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
    };

    expect(JSON.stringify(toOpenApiSchema(recursive).schema).length).toBeLessThan(1000);
    expect(toOpenApiSchema(recursive).lost).toEqual(['$ref']);
    expect(toOpenApiSchema({ $ref: 'https://a.example/s', description: 'd' })).toEqual({
      schema: { type: 'OBJECT', description: 'd' },
      lost: ['$ref'],
    });
  });
});

describe('an account that knows no JSON schema', () => {
  it('is sent the subset, with a warning for what was lost', () => {
    const parameters = { type: 'object', properties: { a: { type: 'string', default: 'x' } } };
    const { body, warnings } = encode(
      {
        messages: [user(text('hi'))],
        tools: [{ kind: 'function', name: 'f', parameters }],
        responseFormat: { type: 'json-schema', schema: { type: 'object', properties: { b: { type: 'number' } } } },
      },
      'my-model',
      { schemas: 'openapi' },
    );

    expect(body).toMatchObject({
      tools: [
        {
          functionDeclarations: [{ name: 'f', parameters: { type: 'OBJECT', properties: { a: { type: 'STRING' } } } }],
        },
      ],
      generationConfig: { responseSchema: { type: 'OBJECT', properties: { b: { type: 'NUMBER' } } } },
    });
    expect(warnings).toEqual([
      { path: '/tools/0/parameters', effect: 'approximated', message: expect.stringContaining('default') },
    ]);
  });
});

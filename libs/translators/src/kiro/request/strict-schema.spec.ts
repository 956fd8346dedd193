import { encode, specsOf } from '../__fixtures__/encode.js';
import { functionTool } from '../__fixtures__/requests.js';
import { strictSchema } from './strict-schema.js';

const property = (schema: object) =>
  strictSchema({ type: 'object', properties: { p: schema } } as never).schema['properties'];

describe('strictSchema', () => {
  it('leaves out what some hosts refuse, and says what', () => {
    const schema = {
      type: 'object',
      properties: { format: { type: 'string', format: 'date', minLength: 1, enum: ['a'], description: 'd' } },
      required: ['format'],
    };

    expect(strictSchema(schema)).toEqual({
      schema: {
        type: 'object',
        properties: { format: { type: 'string', enum: ['a'], description: 'd' } },
        required: ['format'],
      },
      lost: ['format', 'minLength'],
    });
  });

  it.each([
    [
      'the first of alternatives',
      { anyOf: [{ type: 'string' }, { type: 'integer' }], description: 'd' },
      { type: 'string', description: 'd' },
    ],
    [
      'parts as one',
      {
        allOf: [
          { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
          { properties: { b: { type: 'integer', minimum: 1 } }, required: ['b'] },
        ],
      },
      { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } }, required: ['a', 'b'] },
    ],
    [
      'alternatives inside alternatives',
      { oneOf: [{ anyOf: [{ type: 'array', items: { type: 'string', pattern: 'a' } }] }] },
      { type: 'array', items: { type: 'string' } },
    ],
  ])('keeps %s', (_name, schema, expected) => {
    expect(property(schema)).toEqual({ p: expected });
  });

  it('is used where the account wants it', () => {
    const tools = [functionTool('f', { type: 'object', properties: { a: { type: 'string', format: 'date' } } })];
    const schemaWith = (strictSchemas: boolean) => {
      const { current, warnings } = encode({ tools }, { dialect: { strictSchemas } });
      return { schema: specsOf(current)[0]?.inputSchema.json, warnings: warnings.length };
    };

    expect(schemaWith(false)).toEqual({
      schema: { type: 'object', properties: { a: { type: 'string', format: 'date' } } },
      warnings: 0,
    });
    expect(schemaWith(true)).toEqual({
      schema: { type: 'object', properties: { a: { type: 'string' } } },
      warnings: 1,
    });
  });
});

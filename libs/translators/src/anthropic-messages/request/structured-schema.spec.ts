import { toStructuredSchema } from './structured-schema.js';

describe('toStructuredSchema', () => {
  it('closes objects wherever they stand', () => {
    const open = { type: 'object', properties: { a: { type: 'string' } } };
    const closed = { ...open, additionalProperties: false };

    expect(
      toStructuredSchema({
        type: 'object',
        properties: { list: { type: 'array', items: open }, either: { anyOf: [open, { type: 'null' }] } },
        $defs: { open },
        additionalProperties: true,
      }),
    ).toEqual({
      type: 'object',
      properties: { list: { type: 'array', items: closed }, either: { anyOf: [closed, { type: 'null' }] } },
      $defs: { open: closed },
      additionalProperties: false,
    });
  });

  it('tells limits in words', () => {
    expect(toStructuredSchema({ type: 'string', description: 'A name.', maxLength: 9, minLength: 1 })).toEqual({
      type: 'string',
      description: 'A name. (maxLength: 9, minLength: 1)',
    });
  });

  it('keeps the first minItems and tells larger ones', () => {
    expect(toStructuredSchema({ type: 'array', minItems: 1 })).toEqual({ type: 'array', minItems: 1 });
    expect(toStructuredSchema({ type: 'array', minItems: 2 })).toEqual({ type: 'array', description: '(minItems: 2)' });
  });

  it('leaves properties alone that are named like keywords, and data that looks like a schema', () => {
    const schema = {
      type: 'object',
      properties: { minimum: { type: 'integer' }, maxLength: { enum: [{ type: 'object', maximum: 1 }] } },
      additionalProperties: false,
    };

    expect(toStructuredSchema(schema)).toEqual(schema);
  });
});

import { wordMaskOf } from '../__fixtures__/word-mask-of.js';
import { maskMembers, maskSchema } from './masked-json.js';
import type { JsonObject } from '@sluice/core';

const mask = wordMaskOf('acme', 'string', 'prop');
const P = mask.mask('acme');

describe('maskSchema', () => {
  it('masks names, descriptions and values of the client, and none of the schema’s own words', () => {
    const schema = {
      type: 'object',
      description: 'of acme',
      required: ['acme_id', 'kind'],
      properties: {
        acme_id: { type: 'string', format: 'uuid', default: 'acme' },
        kind: { enum: ['acme', 1], $ref: '#/$defs/acme' },
        type: { type: ['string', 'null'], examples: [{ acme: 'acme' }] },
      },
      $defs: { acme: { anyOf: [{ const: 'acme' }] } },
    };

    expect(maskSchema(schema, mask)).toEqual({
      type: 'object',
      description: `of ${P}`,
      required: [`${P}_id`, 'kind'],
      properties: {
        [`${P}_id`]: { type: 'string', format: 'uuid', default: P },
        kind: { enum: [P, 1], $ref: `#/$defs/${P}` },
        type: { type: ['string', 'null'], examples: [{ [P]: P }] },
      },
      $defs: { [P]: { anyOf: [{ const: P }] } },
    });
  });
});

describe('maskMembers', () => {
  it.each<[what: string, members: JsonObject, masked: JsonObject]>([
    [
      'texts at any depth',
      { a: { b: ['acme', 1, null] }, title: 'Acme' },
      { a: { b: [P, 1, null] }, title: mask.mask('Acme') },
    ],
    [
      'no names and ids',
      { name: 'acme', id: 'acme', item_id: 'acme', responseId: 'acme' },
      { name: 'acme', id: 'acme', item_id: 'acme', responseId: 'acme' },
    ],
    [
      'no proofs',
      { signature: 'acme', thoughtSignature: 'acme', encrypted_content: 'acme' },
      { signature: 'acme', thoughtSignature: 'acme', encrypted_content: 'acme' },
    ],
    [
      'no bytes',
      { data: 'acme', url: 'data:image/png;base64,acme' },
      { data: 'acme', url: 'data:image/png;base64,acme' },
    ],
    [
      'the data of a plain text',
      { source: { type: 'text', media_type: 'text/plain', data: 'acme' } },
      { source: { type: 'text', media_type: 'text/plain', data: P } },
    ],
    [
      'schemas as such',
      { parameters: { properties: { acme: { type: 'string' } } } },
      { parameters: { properties: { [P]: { type: 'string' } } } },
    ],
  ])('masks %s', (_what, members, masked) => {
    expect(maskMembers(members, mask)).toEqual(masked);
  });
});

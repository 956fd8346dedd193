import OpenAI from 'openai';
import type { EmbeddingResponse } from '@sluice/translator-kit';
import { MAX_INPUTS, translation } from './translation.js';

const decode = (body: unknown) =>
  translation.decodeRequest({ path: '/v1/embeddings', query: '', body: Buffer.from(JSON.stringify(body)) });
const CONTEXT = { requestId: 'r', createdAtSeconds: 1, requestedModel: 'asked-for', upstreamModel: 'm', dialect: {} };

describe('decodeRequest', () => {
  it.each([
    ['one text', 'a', ['a']],
    ['several', ['a', 'b'], ['a', 'b']],
  ])('reads %s', (_, input, texts) => {
    expect(decode({ model: 'x', input, dimensions: 256, user: 'u', encoding_format: 'base64' })).toEqual({
      model: 'x',
      texts,
      dimensions: 256,
      endUser: 'u',
      encoding: 'base64',
    });
  });

  it('asks for numbers unless told otherwise, and carries what it does not know', () => {
    expect(decode({ model: 'x', input: 'a', input_type: 'query' })).toEqual({
      model: 'x',
      texts: ['a'],
      encoding: 'float',
      extensions: { 'openai-embeddings': { input_type: 'query' } },
    });
  });

  it.each([
    ['tokens', { input: [1, 2] }, 'input', /tokens/],
    ['lists of tokens', { input: [[1, 2]] }, 'input', /tokens/],
    ['nothing', {}, 'input', /missing/],
    ['an empty text', { input: ['a', ''] }, 'input', /an empty string/],
    ['no texts', { input: [] }, 'input', /holds 0/],
    ['too many', { input: Array.from({ length: MAX_INPUTS + 1 }, () => 'a') }, 'input', /holds 2049/],
    ['no dimensions', { input: 'a', dimensions: 0 }, 'dimensions', /whole number/],
    ['half a dimension', { input: 'a', dimensions: 1.5 }, 'dimensions', /whole number/],
    ['another encoding', { input: 'a', encoding_format: 'hex' }, 'encoding_format', /float or base64/],
  ])('refuses %s', (_, body, param, message) => {
    expect(() => decode(body)).toThrow(message);
    expect(() => decode(body)).toThrow(expect.objectContaining({ kind: 'invalid_request', param }));
  });
});

describe('encodeResponse', () => {
  const RESPONSE: EmbeddingResponse = {
    vectors: [
      [0.5, -1.25],
      [2, 0],
    ],
    usage: { input: 4, output: 0, source: 'upstream' },
  };

  it.each(['float', 'base64'] as const)('is read by the official client (%s)', async (encoding) => {
    const request = { model: 'm', texts: ['a', 'b'], encoding };
    const body = JSON.stringify(translation.encodeResponse(RESPONSE, request, CONTEXT));
    const fetch = async () => new Response(body, { headers: { 'content-type': 'application/json' } });
    const client = new OpenAI({ apiKey: 'test', maxRetries: 0, fetch });

    const list = await client.embeddings.create({
      model: 'asked-for',
      input: ['a', 'b'],
      ...(encoding === 'float' && { encoding_format: 'float' }), // unless told otherwise the client asks for base64 and reads it
    });

    expect(list.data.map(({ index, embedding }) => [index, embedding])).toEqual([
      [0, [0.5, -1.25]],
      [1, [2, 0]],
    ]);
    expect([list.model, list.usage]).toEqual(['asked-for', { prompt_tokens: 4, total_tokens: 4 }]);
  });

  it('says nothing of usage where the vendor did not count', () => {
    const request = { model: 'm', texts: ['a'], encoding: 'float' as const };

    expect(translation.encodeResponse({ vectors: [[1]] }, request, CONTEXT)).toEqual({
      object: 'list',
      data: [{ object: 'embedding', index: 0, embedding: [1] }],
      model: 'asked-for',
    });
  });
});

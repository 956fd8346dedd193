import OpenAI from 'openai';
import type { JsonObject } from '@sluice/core';
import { decodeEmbeddingReply, embeddingEncodingOf, encodeEmbeddingRequest, MAX_EMBEDDED_TEXTS } from './embeddings.js';

const encode = (body: JsonObject) => encodeEmbeddingRequest(body, 'gemini-embedding-001');
const REPLY = Buffer.from(JSON.stringify({ embeddings: [{ values: [0.5, -1.25] }, { values: [2, 0] }] }));

describe('encodeEmbeddingRequest', () => {
  it.each([
    ['one text', 'a', ['a']],
    ['several', ['a', 'b'], ['a', 'b']],
  ])('asks for %s in one batch', (_, input, texts) => {
    const { call, warnings } = encode({ model: 'x', input, dimensions: 256 });

    expect(call.path).toBe('/v1beta/models/gemini-embedding-001:batchEmbedContents');
    expect(JSON.parse(call.body.toString())).toEqual({
      requests: texts.map((text) => ({
        model: 'models/gemini-embedding-001',
        content: { parts: [{ text }] },
        outputDimensionality: 256,
      })),
    });
    expect(warnings).toEqual([]);
  });

  it('warns of an end user', () => {
    expect(encode({ input: 'a', user: 'u' }).warnings).toMatchObject([{ path: '/user', effect: 'dropped' }]);
  });

  it.each([
    ['tokens', { input: [1, 2] }, /tokens/],
    ['lists of tokens', { input: [[1, 2]] }, /tokens/],
    ['nothing', {}, /missing/],
    ['an empty text', { input: ['a', ''] }, /an empty string/],
    ['no texts', { input: [] }, /holds 0/],
    ['too many', { input: Array.from({ length: MAX_EMBEDDED_TEXTS + 1 }, () => 'a') }, /holds 101/],
  ])('refuses %s', (_, body, message) => {
    expect(() => encode(body)).toThrow(message);
    expect(() => encode(body)).toThrow(expect.objectContaining({ kind: 'invalid_request', param: 'input' }));
  });
});

describe('decodeEmbeddingReply', () => {
  it.each(['float', 'base64'] as const)('is read by the official client of OpenAI (%s)', async (encoding) => {
    const body = JSON.stringify(decodeEmbeddingReply(REPLY, { model: 'asked-for', encoding }));
    const fetch = async () => new Response(body, { headers: { 'content-type': 'application/json' } });
    const client = new OpenAI({ apiKey: 'test', maxRetries: 0, fetch });

    const list = await client.embeddings.create({
      model: 'asked-for',
      input: 'a',
      ...(encoding === 'float' && { encoding_format: 'float' }), // unless told otherwise the client asks for base64 and reads it
    });

    expect(list.model).toBe('asked-for');
    expect(list.data.map(({ index, embedding }) => [index, embedding])).toEqual([
      [0, [0.5, -1.25]],
      [1, [2, 0]],
    ]);
  });

  it('reads the reply to one text, and usage where it is reported', () => {
    const reply = Buffer.from(JSON.stringify({ embedding: { values: [1] }, usageMetadata: { promptTokenCount: 4 } }));

    expect(decodeEmbeddingReply(reply, { model: 'm', encoding: 'float' })).toEqual({
      object: 'list',
      data: [{ object: 'embedding', index: 0, embedding: [1] }],
      model: 'm',
      usage: { prompt_tokens: 4, total_tokens: 4 },
    });
  });

  it.each(['{}', '{"embeddings":[]}', '{"embeddings":[{"values":["a"]}]}', 'no'])('refuses %s', (body) => {
    expect(() => decodeEmbeddingReply(Buffer.from(body), { model: 'm', encoding: 'float' })).toThrow(
      expect.objectContaining({ kind: 'upstream_invalid_response' }),
    );
  });
});

describe('embeddingEncodingOf', () => {
  it.each([
    [{ encoding_format: 'base64' }, 'base64'],
    [{ encoding_format: 'float' }, 'float'],
    [{}, 'float'],
  ])('%j', (body, encoding) => {
    expect(embeddingEncodingOf(body)).toBe(encoding);
  });
});

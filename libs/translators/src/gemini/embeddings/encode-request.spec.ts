import type { EmbeddingRequest } from '@sluice/translator-kit';
import { encodeEmbeddingRequest, MAX_EMBEDDED_TEXTS } from './encode-request.js';

const REQUEST: EmbeddingRequest = { model: 'x', texts: ['a', 'b'], encoding: 'float' };
const encode = (members: Partial<EmbeddingRequest> = {}) =>
  encodeEmbeddingRequest({ ...REQUEST, ...members }, { upstreamModel: 'gemini-embedding-001' });

describe('encodeEmbeddingRequest', () => {
  it('asks for all texts in one batch', () => {
    const { call, warnings } = encode({ dimensions: 256 });

    expect(call.path).toBe('/v1beta/models/gemini-embedding-001:batchEmbedContents');
    expect(JSON.parse(call.body.toString())).toEqual({
      requests: ['a', 'b'].map((text) => ({
        model: 'models/gemini-embedding-001',
        content: { parts: [{ text }] },
        outputDimensionality: 256,
      })),
    });
    expect(warnings).toEqual([]);
  });

  it('warns of what Google has no place for', () => {
    const { warnings } = encode({ endUser: 'u', extensions: { 'openai-embeddings': { input_type: 'query' } } });

    expect(warnings).toMatchObject([
      { path: '/endUser', effect: 'dropped' },
      { path: '/extensions/openai-embeddings', effect: 'dropped', message: expect.stringContaining('input_type') },
    ]);
  });

  it('refuses more texts than one call takes', () => {
    const texts = Array.from({ length: MAX_EMBEDDED_TEXTS + 1 }, () => 'a');

    expect(() => encode({ texts })).toThrow(expect.objectContaining({ kind: 'invalid_request', param: 'input' }));
  });
});

import { decodeEmbeddingResponse } from './decode-response.js';

const decode = (body: string, texts: readonly string[] = ['a']) =>
  decodeEmbeddingResponse(Buffer.from(body), { texts });

describe('decodeEmbeddingResponse', () => {
  it('reads vectors in their order', () => {
    expect(decode('{"embeddings":[{"values":[0.5,-1.25]},{"values":[2,0]}]}', ['a', 'b'])).toEqual({
      vectors: [
        [0.5, -1.25],
        [2, 0],
      ],
    });
  });

  it('reads usage where it is reported', () => {
    expect(decode('{"embeddings":[{"values":[1]}],"usageMetadata":{"promptTokenCount":4}}').usage).toEqual({
      input: 4,
      output: 0,
      source: 'upstream',
      raw: { promptTokenCount: 4 },
    });
  });

  it.each([
    ['none', '{}'],
    ['fewer than texts', '{"embeddings":[]}'],
    ['more than texts', '{"embeddings":[{"values":[1]},{"values":[2]}]}'],
    ['no numbers', '{"embeddings":[{"values":["a"]}]}'],
    ['no JSON', 'no'],
  ])('refuses %s', (_, body) => {
    expect(() => decode(body)).toThrow(expect.objectContaining({ kind: 'upstream_invalid_response' }));
  });
});

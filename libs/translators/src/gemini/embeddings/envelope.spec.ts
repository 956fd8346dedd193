import { embeddingEnvelope } from './envelope.js';

const SINGLE = '/v1beta/models/embed-1:embedContent';
const BATCH = '/v1beta/models/embed-1:batchEmbedContents';
const call = (path: string, body: string) => ({ path, query: '', body: Buffer.from(body) });

describe('embeddingEnvelope', () => {
  it('finds the model in the path, and never a stream', () => {
    expect(embeddingEnvelope('embedContent').read(call(SINGLE, '{"stream":true}'))).toEqual({
      model: 'embed-1',
      stream: false,
    });
  });

  it('leaves a call under the same name alone', () => {
    const same = call(BATCH, '{ "requests": [] }');

    expect(embeddingEnvelope('batchEmbedContents').withModel(same, 'embed-1')).toBe(same);
  });

  it('names another model in path and body, as the vendor compares both', () => {
    const single = call(SINGLE, '{"model":"models/embed-1","content":{"parts":[{"text":"a"}]}}');
    const batch = call(BATCH, '{"requests":[{"model":"models/embed-1","content":{"parts":[]}},{"content":{}}]}');

    const one = embeddingEnvelope('embedContent').withModel(single, 'other');
    const several = embeddingEnvelope('batchEmbedContents').withModel(batch, 'other');

    expect([one.path, JSON.parse(one.body.toString())]).toEqual([
      '/v1beta/models/other:embedContent',
      { model: 'models/other', content: { parts: [{ text: 'a' }] } },
    ]);
    expect([several.path, JSON.parse(several.body.toString())]).toEqual([
      '/v1beta/models/other:batchEmbedContents',
      { requests: [{ model: 'models/other', content: { parts: [] } }, { content: {} }] },
    ]);
  });

  it('leaves a body that is no JSON to the vendor', () => {
    const broken = call(SINGLE, '{');

    expect(embeddingEnvelope('embedContent').withModel(broken, 'other').body).toBe(broken.body);
  });

  it.each(['/v1beta/models/embed-1:generateContent', '/v1beta/models/%20:embedContent', '/v1/embeddings'])(
    'refuses %s',
    (path) => {
      expect(() => embeddingEnvelope('embedContent').read(call(path, '{}'))).toThrow(
        expect.objectContaining({ kind: 'invalid_request', param: 'model' }),
      );
    },
  );
});

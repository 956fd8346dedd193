import { envelope } from './envelope.js';

const callTo = (path: string) => ({ path, query: '?alt=sse', body: Buffer.from('not even JSON') });

describe('envelope', () => {
  it.each([
    ['/v1beta/models/gemini-2.5-pro:generateContent', 'gemini-2.5-pro', false],
    ['/v1/models/gemini-2.5-pro:streamGenerateContent', 'gemini-2.5-pro', true],
    ['/v1beta/models/acme/large:generateContent', 'acme/large', false],
    ['/v1beta/models/acme%2Flarge%3Av2:generateContent', 'acme/large:v2', false],
    ['/v1beta/models/fine:tuned:streamGenerateContent', 'fine:tuned', true],
    ['/v1beta/tunedModels/mine-1:generateContent', 'tunedModels/mine-1', false],
    ['/v1beta/models/100%:generateContent', '100%', false],
  ])('reads %s', (path, model, stream) => {
    expect(envelope.read(callTo(path))).toEqual({ model, stream });
  });

  it.each([
    ['/v1beta/models/gemini-2.5-pro', /must name a model/],
    ['/v1beta/models/:generateContent', /must name a model/],
    ['/v1beta/models/%20:generateContent', /must name a model/],
    ['/v1beta/models/m:predict', /it is predict/],
  ])('refuses %s', (path, message) => {
    expect(() => envelope.read(callTo(path))).toThrow(message);
    expect(() => envelope.read(callTo(path))).toThrow(expect.objectContaining({ kind: 'invalid_request' }));
  });

  it.each([
    ['/v1beta/models/a:generateContent', 'b', '/v1beta/models/b:generateContent'],
    ['/v1/models/a:streamGenerateContent', 'acme/b c', '/v1/models/acme/b%20c:streamGenerateContent'],
    ['/v1beta/models/a:generateContent', 'tunedModels/t', '/v1beta/tunedModels/t:generateContent'],
    ['/v1beta/tunedModels/t:generateContent', 'a', '/v1beta/models/a:generateContent'],
  ])('gives %s the model %s', (path, model, expected) => {
    const call = callTo(path);

    const changed = envelope.withModel(call, model);

    expect(changed.path).toBe(expected);
    expect(changed.body).toBe(call.body);
    expect(envelope.read(changed).model).toBe(model);
  });

  it('leaves a call for the same model alone', () => {
    const call = callTo('/v1beta/models/acme%2Flarge:generateContent');

    expect(envelope.withModel(call, 'acme/large')).toBe(call);
  });
});

import { readGeminiPath } from './gemini-path.js';

describe('readGeminiPath', () => {
  it.each([
    ['/v1beta/models/gemini-2.5-flash:generateContent', 'gemini-2.5-flash', 'generateContent'],
    ['/v1/models/gemini-2.5-flash:countTokens', 'gemini-2.5-flash', 'countTokens'],
    ['/v1beta/models/team/a%20b:embedContent', 'team/a b', 'embedContent'],
    ['/v1beta/models/ft:gpt:x:generateContent', 'ft:gpt:x', 'generateContent'],
    ['/v1beta/tunedModels/mine:generateContent', 'tunedModels/mine', 'generateContent'],
    ['/v1beta/models/100%:generateContent', '100%', 'generateContent'],
  ])('reads %s', (path, model, method) => {
    expect(readGeminiPath(path)).toMatchObject({ model, method });
  });

  it.each([
    '/v1beta/models',
    '/v1beta/models/x',
    '/v1beta/models/:x',
    '/v2/models/x:y',
    '/v1beta/files/x:y',
    '/v1/models/x:1',
  ])('finds no call in %s', (path) => {
    expect(readGeminiPath(path)).toBeUndefined();
  });

  it.each([
    ['/v1beta/models/a:embedContent', 'b', '/v1beta/models/b:embedContent'],
    ['/v1beta/models/a:embedContent', 'x/y z', '/v1beta/models/x/y%20z:embedContent'],
    ['/v1/models/a:embedContent', 'tunedModels/t', '/v1/tunedModels/t:embedContent'],
  ])('names in %s the model %s', (path, model, written) => {
    expect(readGeminiPath(path)?.withModel(model)).toBe(written);
  });
});

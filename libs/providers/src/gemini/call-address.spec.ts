import { pathOf, queryOf } from './call-address.js';

describe('pathOf', () => {
  it.each([
    ['gemini-2.5-pro', 'generateContent', '/v1beta/models/gemini-2.5-pro:generateContent'],
    ['gemini-2.5-pro', 'streamGenerateContent', '/v1beta/models/gemini-2.5-pro:streamGenerateContent'],
    ['models/gemini-2.5-pro', 'generateContent', '/v1beta/models/gemini-2.5-pro:generateContent'],
    ['tunedModels/mine', 'generateContent', '/v1beta/tunedModels/mine:generateContent'],
    ['google/gemini 3?x', 'generateContent', '/v1beta/models/google/gemini%203%3Fx:generateContent'],
    ['../../v2/x', 'generateContent', '/v1beta/models%2F..%2F..%2Fv2%2Fx:generateContent'],
  ])('%s, %s', (model, method, path) => {
    expect(pathOf(model, method)).toBe(path);
  });
});

describe('queryOf', () => {
  it.each([
    ['', false, ''],
    ['', true, '?alt=sse'],
    ['?alt=sse', true, '?alt=sse'],
    ['?alt=json&prettyPrint=false', true, '?alt=sse&prettyPrint=false'],
    ['?alt=json', false, ''],
    ['?prettyPrint=false', false, '?prettyPrint=false'],
  ])('%j, stream %s', (query, stream, expected) => {
    expect(queryOf({ query, stream })).toBe(expected);
  });
});

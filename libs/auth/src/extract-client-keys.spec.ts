import { extractClientKeys, MAX_CLIENT_KEY_LENGTH } from './extract-client-keys.js';

describe('extractClientKeys', () => {
  it.each([
    ['Authorization: Bearer', { authorization: 'Bearer k1' }, '', '/v1/chat/completions'],
    ['a scheme in any case', { authorization: 'bEARER  k1 ' }, '', '/v1/chat/completions'],
    ['x-api-key', { 'x-api-key': 'k1' }, '', '/v1/messages'],
    ['x-goog-api-key', { 'x-goog-api-key': 'k1' }, '', '/v1beta/models'],
    ['?key= on a /v1beta path', {}, '?alt=sse&key=k1', '/v1beta/models/demo:generateContent'],
    ['?key= with escapes', {}, '?key=%6B1', '/v1beta'],
  ])('finds a key in %s', (_place, headers, query, path) => {
    expect(extractClientKeys(headers, query, path)).toEqual(['k1']);
  });

  it.each([
    ['no place at all', {}, '', '/v1/models'],
    ['another scheme', { authorization: 'Basic azE=' }, '', '/v1/models'],
    ['a scheme without a key', { authorization: 'Bearer ' }, '', '/v1/models'],
    ['an empty header', { 'x-api-key': ' ' }, '', '/v1/models'],
    ['?key= on another path', {}, '?key=k1', '/v1/models'],
    ['?key= on a path that only begins alike', {}, '?key=k1', '/v1betamax/models'],
  ])('finds nothing in %s', (_place, headers, query, path) => {
    expect(extractClientKeys(headers, query, path)).toEqual([]);
  });

  it('returns every different key once, in the order of their places', () => {
    const headers = { authorization: 'Bearer b', 'x-api-key': 'a', 'x-goog-api-key': 'b' };

    expect(extractClientKeys(headers, '?key=c', '/v1beta/models')).toEqual(['b', 'a', 'c']);
  });

  it('ignores a value that is too long to be a key', () => {
    const longest = 'x'.repeat(MAX_CLIENT_KEY_LENGTH);

    expect(extractClientKeys({ 'x-api-key': longest }, '', '/v1/models')).toEqual([longest]);
    expect(extractClientKeys({ 'x-api-key': `${longest}x` }, '', '/v1/models')).toEqual([]);
  });
});

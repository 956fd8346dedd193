import fc from 'fast-check';
import { returnResponseHeaders } from './return-response-headers.js';

const WITHHELD = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'content-encoding',
  'set-cookie',
  'strict-transport-security',
  'access-control-allow-origin',
  'location',
  'x-litellm-model-id',
  'helicone-id',
  'x-portkey-trace-id',
  'cf-aig-step',
  'x-kong-proxy-latency',
  'x-bt-cached',
  'x-sluice-account',
];

describe('returnResponseHeaders', () => {
  it('lets content type, rate limits, request ids and the unknown travel', () => {
    const headers = {
      'content-type': 'text/event-stream',
      'anthropic-ratelimit-requests-remaining': '1',
      'x-ratelimit-reset-tokens': '6m0s',
      'retry-after': '3',
      'request-id': 'req_1',
      'openai-processing-ms': '9',
      'x-new': ['a', 'b'],
    };

    expect(returnResponseHeaders(headers)).toEqual(headers);
  });

  it("gives the vendor's request id another name, because x-request-id is ours", () => {
    expect(returnResponseHeaders({ 'x-request-id': 'theirs' })).toEqual({ 'x-upstream-request-id': 'theirs' });
  });

  it.each([
    { 'x-upstream-request-id': 'far', 'x-request-id': 'near' },
    { 'x-request-id': 'near', 'x-upstream-request-id': 'far' },
  ])('prefers the nearest request id of a chain: %p', (headers) => {
    expect(returnResponseHeaders(headers)).toEqual({ 'x-upstream-request-id': 'near' });
  });

  it('withholds what Connection names, in any case', () => {
    const headers = { connection: ['close, X-Hop', ' other'], 'x-hop': '1', other: '2', kept: '3' };

    expect(returnResponseHeaders(headers)).toEqual({ kept: '3' });
  });

  it('gives the caller an object of its own', () => {
    const headers = Object.freeze({ a: '1' });

    returnResponseHeaders(headers)['b'] = '2';

    expect(headers).toEqual({ a: '1' });
  });

  it('withholds the listed headers and keeps every other value, whatever comes together', () => {
    const kept = fc.constantFrom('content-type', 'retry-after', 'request-id', 'x-ratelimit-limit-requests', 'a', 'b');
    const value = fc.oneof(fc.string(), fc.array(fc.string(), { minLength: 2, maxLength: 3 }));
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...WITHHELD.filter((name) => name !== 'connection')), value),
        fc.dictionary(kept, value),
        fc.subarray(['a', 'b']),
        (withheld, travelling, named) => {
          const connection = named.length === 0 ? 'Keep-Alive' : named.join(' , ').toUpperCase();
          const returned = returnResponseHeaders({ ...withheld, ...travelling, connection });
          const expected = Object.entries(travelling).filter(([name]) => !named.includes(name));
          expect(returned).toEqual(Object.fromEntries(expected));
        },
      ),
    );
  });

  it('is not led astray by names that mean something to JavaScript', () => {
    const headers = JSON.parse('{"__proto__":["x"],"constructor":"c"}') as Record<string, string>;

    const returned = returnResponseHeaders(headers);

    expect(Object.getPrototypeOf(returned)).toBe(Object.prototype);
    expect(Object.keys(returned)).toEqual(['constructor']);
  });
});

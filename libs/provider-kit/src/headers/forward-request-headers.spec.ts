import fc from 'fast-check';
import { FORWARDED_REQUEST_HEADERS, forwardRequestHeaders, headersForFormat } from './forward-request-headers.js';

const NEVER = [
  'authorization',
  'x-api-key',
  'x-goog-api-key',
  'cookie',
  'host',
  'content-length',
  'connection',
  'x-forwarded-for',
  'user-agent',
  'x-stainless-lang',
  'openai-organization',
  'baggage',
];

describe('forwardRequestHeaders', () => {
  it('lets the listed headers travel, lists as one line', () => {
    const headers = { 'anthropic-beta': ['a', 'b'], traceparent: '00-1-2-01', 'idempotency-key': 'k', accept: '*/*' };

    expect(forwardRequestHeaders(headers)).toEqual({
      'anthropic-beta': 'a,b',
      traceparent: '00-1-2-01',
      'idempotency-key': 'k',
    });
  });

  it('lets nothing else travel', () => {
    const name = fc.oneof(fc.constantFrom(...NEVER), fc.constantFrom(...FORWARDED_REQUEST_HEADERS), fc.string());
    fc.assert(
      fc.property(fc.dictionary(name, fc.string()), (headers) => {
        for (const kept of Object.keys(forwardRequestHeaders(headers))) {
          expect(FORWARDED_REQUEST_HEADERS).toContain(kept);
          expect(NEVER).not.toContain(kept);
        }
      }),
    );
  });
});

describe('headersForFormat', () => {
  const headers = { 'anthropic-beta': 'a', 'anthropic-version': 'v', 'openai-beta': 'b', traceparent: 't' };

  it.each([
    ['anthropic-messages', ['anthropic-beta', 'anthropic-version', 'traceparent']],
    ['openai-chat', ['openai-beta', 'traceparent']],
    ['openai-responses', ['openai-beta', 'traceparent']],
    ['gemini', ['traceparent']],
  ])('gives %s what its vendors know', (format, names) => {
    expect(Object.keys(headersForFormat(headers, format))).toEqual(names);
  });
});

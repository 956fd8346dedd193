import { GatewayError } from '@sluice/core';
import type { Principal } from '@sluice/auth';
import { exchangeOf } from './__fixtures__/exchange-of.js';
import { errorHeaders, successHeaders } from './answer-headers.js';

const ATTEMPT = { provider: 'acme', accountId: 'main', upstreamModel: 'gpt-4o', upstreamFormat: 'script' };
const principal = (...scopes: string[]): Principal => ({
  id: 'key:1',
  name: 'one',
  scopes: new Set(scopes),
  models: undefined,
});
const exchangeWith = (changes: Partial<ReturnType<typeof exchangeOf>['exchange']> = {}) =>
  Object.assign(exchangeOf().exchange, changes);

describe('successHeaders', () => {
  it('hands on what a vendor’s answer may say, and adds the route', () => {
    const exchange = exchangeWith({ attempt: ATTEMPT, attempts: 2, warnings: 3 });
    const upstream = { 'content-type': 'application/json', 'x-request-id': 'up_1', 'set-cookie': 'a=b', date: 'today' };

    expect(successHeaders(exchange, upstream, false)).toEqual({
      'content-type': 'application/json',
      'x-upstream-request-id': 'up_1',
      'x-sluice-attempts': '2',
      'x-sluice-model': 'gpt-4o',
      'x-sluice-warnings': '3',
    });
  });

  it('keeps proxies from holding a stream back', () => {
    expect(successHeaders(exchangeWith(), { 'cache-control': 'max-age=9' }, true)).toEqual({
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    });
  });

  it('adds what is left of a limit', () => {
    const admission = { headers: { 'x-ratelimit-remaining-requests': '7' }, settle: () => {} };

    expect(successHeaders(exchangeWith({ admission }), {}, false)).toEqual({ 'x-ratelimit-remaining-requests': '7' });
  });

  it.each([
    ['diagnostics', 'main'],
    ['admin', undefined],
  ])('shows the account to the scope %s: %s', (scope, account) => {
    const headers = successHeaders(exchangeWith({ attempt: ATTEMPT, principal: principal(scope) }), {}, false);

    expect(headers['x-sluice-account']).toBe(account);
  });

  it.each([
    ['llama3.1:8b', 'llama3.1:8b'],
    ['模型', '%E6%A8%A1%E5%9E%8B'],
    ['a b\r\nx-evil: 1', 'a%20b%0D%0Ax-evil%3A%201'],
    ['half \uD800', 'half%20%EF%BF%BD'],
  ])('writes the model %j so that a header can hold it', (upstreamModel, written) => {
    const headers = successHeaders(exchangeWith({ attempt: { ...ATTEMPT, upstreamModel } }), {}, false);

    expect(headers['x-sluice-model']).toBe(written);
  });
});

describe('errorHeaders', () => {
  const upstream = { 'content-type': 'text/html', 'x-ratelimit-reset': '3', 'retry-after': '1' };

  it('keeps the vendor’s headers where the vendor’s answer caused the error', () => {
    const error = new GatewayError({
      kind: 'upstream_rate_limited',
      message: 'slow',
      retryAfterMs: 2001,
      upstream: { status: 429, message: 'slow' },
    });

    expect(errorHeaders(exchangeWith(), error, upstream)).toEqual({
      'content-type': 'application/json',
      'x-ratelimit-reset': '3',
      'retry-after': '3',
    });
  });

  it('says nothing of the vendor where the error is ours', () => {
    const error = new GatewayError({ kind: 'internal_error', message: 'oops' });

    expect(errorHeaders(exchangeWith(), error, upstream)).toEqual({ 'content-type': 'application/json' });
  });
});

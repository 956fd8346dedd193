import { GatewayError, type JsonObject } from '@sluice/core';
import { declareAccount } from './__fixtures__/declarations.js';
import { sanitiseError, secretsOf } from './sanitise-error.js';

const SECRETS = ['the-secret', 'the-header'];

const errorWith = (value: JsonObject) =>
  new GatewayError({
    kind: 'upstream_error',
    message: 'no',
    upstream: { status: 500, message: 'no', body: { format: 'script', value } },
  });

describe('sanitiseError', () => {
  it('takes secrets out of every string of the vendor', () => {
    const said = 'the-secret, sk-proj-abc123DEF456ghi789';
    const error = new GatewayError({
      kind: 'upstream_invalid_request',
      message: said,
      param: said,
      retryAfterMs: 5,
      cause: 'kept for the log',
      upstream: {
        status: 400,
        message: said,
        type: said,
        code: said,
        param: said,
        requestId: 'up_1',
        body: {
          format: 'script',
          value: { error: { message: said, list: [said, 1, null, true, { deep: 'the-header' }] }, 'the-secret': 1 },
        },
      },
    });

    const clean = sanitiseError(error, SECRETS);

    expect(JSON.stringify(clean)).not.toMatch(/the-secret|the-header|sk-proj/);
    expect(clean).toMatchObject({
      kind: 'upstream_invalid_request',
      message: '[redacted], [redacted]',
      retryAfterMs: 5,
      cause: 'kept for the log',
      status: 400,
      upstream: {
        requestId: 'up_1',
        body: {
          format: 'script',
          value: {
            error: {
              message: '[redacted], [redacted]',
              list: ['[redacted], [redacted]', 1, null, true, { deep: '[redacted]' }],
            },
          },
        },
      },
    });
  });

  it('adds nothing that was not there', () => {
    const error = new GatewayError({ kind: 'upstream_silent', message: 'silence' });

    expect({ ...sanitiseError(error, SECRETS) }).toEqual({ ...error });
  });

  it('bounds what a vendor may say', () => {
    const page = 'a page of HTML '.repeat(10_000);

    const clean = sanitiseError(errorWith({ message: page }), []);
    const message = sanitiseError(new GatewayError({ kind: 'upstream_error', message: page }), []).message;

    expect(message).toHaveLength(8192);
    expect(JSON.stringify(clean.upstream?.body).length).toBeLessThan(8300);
  });

  it('survives a body that is nested without end', () => {
    let nested: JsonObject = {};
    for (let depth = 0; depth < 100_000; depth += 1) nested = { a: [nested] };

    const clean = sanitiseError(errorWith(nested), []);

    expect(JSON.stringify(clean.upstream?.body).length).toBeLessThan(1000);
  });
});

describe('secretsOf', () => {
  it('is everything that was sent for the account', () => {
    const { account } = declareAccount(
      'a',
      {},
      { settings: { secretKey: 's1', region: 'r' }, headers: { 'x-h': 'h1' } },
    );
    const credential = { kind: 'oauth', secret: 'c1', details: { refreshToken: 'd1' } };

    expect(secretsOf(account, credential, ['secretKey', 'absent'])).toEqual(['c1', 'd1', 's1', 'h1']);
  });

  it('leaves out what is not there', () => {
    expect(secretsOf(declareAccount('a').account, undefined)).toEqual([]);
    expect(secretsOf(declareAccount('a').account, { kind: 'none', secret: '' })).toEqual([]);
  });
});

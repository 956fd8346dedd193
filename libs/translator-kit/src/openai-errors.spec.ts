import { GatewayError } from '@sluice/core';
import { openAiErrors } from './openai-errors.js';

const errors = openAiErrors('f');
const decode = (status: number, body: string) => errors.decodeError(status, {}, Buffer.from(body));

describe('openAiErrors', () => {
  it.each([
    [429, '{"error":{"message":"m","code":"insufficient_quota"}}', 'upstream_quota_exhausted'],
    [429, '{"error":{"message":"m","type":"requests","code":"rate_limit_exceeded"}}', 'upstream_rate_limited'],
    [400, '{"error":{"message":"m","code":"context_length_exceeded"}}', 'upstream_context_length'],
    [401, '{"error":{"message":"m"}}', 'upstream_auth_failed'],
    [500, '<html>', 'upstream_error'],
    [503, '', 'upstream_overloaded'],
  ])('reads %d %s as %s', (status, body, kind) => {
    expect(decode(status, body)).toMatchObject({ kind, upstream: { status } });
  });

  it('shows the vendor’s own body to clients of the format only', () => {
    const body = { error: { message: 'm', type: 't', param: null, code: null, extra: 1 } };
    const error = decode(400, JSON.stringify(body));

    expect(errors.encodeError(error)).toEqual({ status: 400, body });
    expect(openAiErrors('g').encodeError(error).body).toEqual({
      error: { message: 'm', type: 'invalid_request_error', param: null, code: 'upstream_invalid_request' },
    });
  });

  it('says whose key it is when a vendor speaks of ours', () => {
    const { status, body } = errors.encodeError(decode(401, '{"error":{"message":"m","code":"invalid_api_key"}}'));

    expect([status, body]).toEqual([
      502,
      {
        error: {
          message: 'm',
          type: 'server_error',
          param: null,
          code: 'upstream_auth_failed',
        },
      },
    ]);
  });

  it('names our own failures', () => {
    const error = new GatewayError({ kind: 'model_not_found', message: 'none', param: 'model' });

    expect(errors.encodeError(error)).toEqual({
      status: 404,
      body: { error: { message: 'none', type: 'invalid_request_error', param: 'model', code: 'model_not_found' } },
    });
  });

  it('ends a stream with the failure and its last event', () => {
    const frames = errors.encodeStreamError(new GatewayError({ kind: 'upstream_truncated', message: 'cut' }));

    expect(frames.map(({ data }) => data)).toEqual([expect.stringContaining('"message":"cut"'), '[DONE]']);
  });

  it.each([
    [{ data: [] }, undefined],
    [{ error: null }, undefined],
    [{ error: { message: 'm', code: 429 } }, 'upstream_rate_limited'],
    [{ error: { message: 'm' } }, 'upstream_error'],
  ])('finds in the answer %j the failure %s', (answer, kind) => {
    expect(errors.findAnswerError(answer)?.kind).toBe(kind);
  });
});

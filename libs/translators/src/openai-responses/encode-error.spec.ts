import { GatewayError, type GatewayErrorKind } from '@sluice/core';
import { encodeError, encodeStreamError } from './encode-error.js';

const errorOf = (kind: GatewayErrorKind, code?: string): GatewayError =>
  new GatewayError({
    kind,
    message: 'What to do.',
    ...(code !== undefined && { upstream: { status: 400, message: 'What to do.', code } }),
  });

describe('encodeError', () => {
  it('says that the context is full in the word that agents look for, whatever the vendor called it', () => {
    expect(encodeError(errorOf('upstream_context_length', 'CONTENT_LENGTH_EXCEEDS_THRESHOLD')).body).toMatchObject({
      error: { code: 'context_length_exceeded' },
    });
  });

  it.each<[GatewayErrorKind, number, string, string]>([
    ['invalid_request', 400, 'invalid_request_error', 'invalid_request'],
    ['invalid_api_key', 401, 'authentication_error', 'invalid_api_key'],
    ['model_not_found', 404, 'invalid_request_error', 'model_not_found'],
    ['upstream_context_length', 400, 'invalid_request_error', 'context_length_exceeded'],
    ['upstream_rate_limited', 429, 'rate_limit_error', 'rate_limit_exceeded'],
    ['upstream_quota_exhausted', 429, 'insufficient_quota', 'insufficient_quota'],
    ['upstream_auth_failed', 502, 'server_error', 'upstream_auth_failed'],
    ['upstream_overloaded', 503, 'server_error', 'server_is_overloaded'],
  ])('%s is %d, %s, %s', (kind, status, type, code) => {
    expect(encodeError(errorOf(kind))).toEqual({
      status,
      body: { error: { message: 'What to do.', type, param: null, code } },
    });
  });

  it('shows the body of a vendor that spoke this format, but never what it said of our key', () => {
    const value = { error: { message: 'theirs', type: 'x', param: null, code: 'y' } };
    const upstream = { status: 400, message: 'theirs', body: { format: 'openai-responses', value } };

    expect(encodeError(new GatewayError({ kind: 'upstream_error', message: 'm', upstream })).body).toBe(value);
    expect(encodeError(new GatewayError({ kind: 'upstream_auth_failed', message: 'm', upstream })).body).toEqual({
      error: {
        message: 'm',
        type: 'server_error',
        param: null,
        code: 'upstream_auth_failed',
      },
    });
  });
});

describe('encodeStreamError', () => {
  it('is an error that the official client raises, and the end that other clients wait for', () => {
    const frames = encodeStreamError(errorOf('upstream_truncated'), 'req-1');

    expect(frames.map(({ event }) => event)).toEqual(['error', 'response.failed']);
    expect(frames.map(({ data }) => JSON.parse(data))).toMatchObject([
      { type: 'error', sequence_number: 0, error: { message: 'What to do.', code: 'upstream_truncated' } },
      {
        type: 'response.failed',
        sequence_number: 1,
        response: {
          object: 'response',
          status: 'failed',
          output: [],
          error: { code: 'upstream_truncated', message: 'What to do.' },
        },
      },
    ]);
  });

  it('has the vendor’s own code where there was one', () => {
    const [, failed] = encodeStreamError(errorOf('upstream_invalid_request', 'cyber_policy'), 'req-1');

    expect(JSON.parse(failed?.data ?? '')).toMatchObject({ response: { error: { code: 'cyber_policy' } } });
  });
});

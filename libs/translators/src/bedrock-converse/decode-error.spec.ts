import type { JsonObject } from '@sluice/core';
import { decodeError } from './decode-error.js';

const decode = (status: number, body: JsonObject | string, type?: string) =>
  decodeError(
    status,
    { 'x-amzn-requestid': 'r-1', ...(type === undefined ? {} : { 'x-amzn-errortype': type }) },
    Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  );

describe('decodeError', () => {
  it.each([
    [400, 'ValidationException', 'Wrong.', 'upstream_invalid_request'],
    [400, 'ValidationException', 'Input is too long for requested model.', 'upstream_context_length'],
    [400, 'ValidationException', 'prompt is too long: 210000 tokens > 200000 maximum', 'upstream_context_length'],
    [400, 'ValidationException', 'The provided model identifier is invalid.', 'upstream_not_found'],
    [
      400,
      'ValidationException',
      'Invocation of model ID x with on-demand throughput isn’t supported. Retry your request with an inference profile.',
      'upstream_not_found',
    ],
    [403, 'AccessDeniedException', 'No.', 'upstream_auth_failed'],
    [403, 'ExpiredTokenException', 'No.', 'upstream_auth_failed'],
    [400, 'ExpiredTokenException', 'No.', 'upstream_auth_failed'],
    [404, 'ResourceNotFoundException', 'No.', 'upstream_not_found'],
    [408, 'ModelTimeoutException', 'No.', 'upstream_timed_out'],
    [424, 'ModelErrorException', 'No.', 'upstream_error'],
    [429, 'ThrottlingException', 'Too many requests, please wait before trying again.', 'upstream_rate_limited'],
    [
      429,
      'ThrottlingException',
      'Too many tokens per day, please wait before trying again.',
      'upstream_quota_exhausted',
    ],
    [429, 'ModelNotReadyException', 'No.', 'upstream_overloaded'],
    [400, 'ServiceQuotaExceededException', 'No.', 'upstream_quota_exhausted'],
    [500, 'InternalServerException', 'No.', 'upstream_error'],
    [503, 'ServiceUnavailableException', 'No.', 'upstream_overloaded'],
    [418, 'OfTomorrowException', 'No.', 'upstream_invalid_request'],
  ])('%d %s: %s', (status, type, message, kind) => {
    expect(decode(status, { message }, type)).toMatchObject({
      kind,
      message,
      upstream: { status, type, requestId: 'r-1' },
    });
  });

  it.each([
    ['in the header, with an address', { message: 'x' }, 'ThrottlingException:http://internal.amazon.com/coral/'],
    ['in the header, with a namespace', { message: 'x' }, 'com.amazon.coral.service#ThrottlingException'],
    ['in the body', { __type: 'com.amazon.bedrock#ThrottlingException', Message: 'x' }, undefined],
  ])('finds the exception %s', (_, body, type) => {
    expect(decode(400, body, type)).toMatchObject({
      kind: 'upstream_rate_limited',
      message: 'x',
      upstream: { type: 'ThrottlingException' },
    });
  });

  it('reads the status where there is nothing else', () => {
    expect(decode(502, '<html>')).toMatchObject({ kind: 'upstream_error', upstream: { status: 502 } });
    expect(decode(503, '', 'ServiceUnavailableException')).toMatchObject({
      kind: 'upstream_overloaded',
      upstream: { type: 'ServiceUnavailableException' },
    });
  });
});

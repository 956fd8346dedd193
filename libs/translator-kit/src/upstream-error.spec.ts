import { excerptOf, upstreamError } from './upstream-error.js';

describe('upstreamError', () => {
  it('tells the client what the vendor said', () => {
    const error = upstreamError({
      kind: 'upstream_invalid_request',
      status: 400,
      words: { message: 'Bad value', type: 't', code: 'c', param: 'top_p' },
    });

    expect(error).toMatchObject({
      kind: 'upstream_invalid_request',
      message: 'Bad value',
      param: 'top_p',
      status: 400,
    });
    expect(error.upstream).toEqual({ status: 400, message: 'Bad value', type: 't', code: 'c', param: 'top_p' });
  });

  it('says the status where the vendor gave no reason', () => {
    expect(upstreamError({ kind: 'upstream_error', status: 500, words: {} }).message).toBe(
      'The vendor answered with status 500 and gave no reason.',
    );
  });

  it.each([
    [{ 'x-request-id': 'a', 'request-id': 'b' }, undefined, 'a'],
    [{ 'request-id': ['b', 'c'] }, undefined, 'b'],
    [{ 'request-id': 'b' }, 'in the body', 'in the body'],
    [{}, undefined, undefined],
  ])('finds the request id in %j and %p', (headers, requestId, expected) => {
    const error = upstreamError({
      kind: 'upstream_error',
      status: 500,
      words: {},
      headers,
      ...(requestId === undefined ? {} : { requestId }),
    });

    expect(error.upstream?.requestId).toBe(expected);
  });
});

describe('excerptOf', () => {
  it('is short and holds no secret', () => {
    const body = Buffer.from(`<html>key sk-abcdefghijklmnopqrstu ${'x'.repeat(2000)}`);

    expect(excerptOf(body)).toMatch(/^<html>key \[redacted\] x+$/);
    expect(excerptOf(body)?.length).toBeLessThan(600);
  });

  it('is nothing for nothing', () => {
    expect(excerptOf(Buffer.alloc(0))).toBeUndefined();
  });
});

import { GatewayError, type UpstreamFailure } from '@sluice/core';
import { withRetryHint } from './with-retry-hint.js';

const NOW_MS = Date.UTC(2026, 0, 1);

const failureOf = (saidMs?: number, errorMs?: number): UpstreamFailure => ({
  error: new GatewayError({
    kind: 'upstream_overloaded',
    message: 'full',
    param: 'p',
    cause: 'c',
    upstream: { status: 503, message: 'full' },
    ...(errorMs !== undefined && { retryAfterMs: errorMs }),
  }),
  blame: 'provider',
  action: 'same',
  ...(saidMs !== undefined && { retryAfterMs: saidMs }),
});
const replyWith = (retryAfter: string) => ({
  status: 503,
  headers: { 'retry-after': retryAfter },
  body: Buffer.alloc(0),
  error: failureOf().error,
});

describe('withRetryHint', () => {
  it.each<[what: string, failure: UpstreamFailure, header: string | undefined, expected: number, told: number]>([
    ['the vendor’s header', failureOf(), '7', 7000, 7000],
    ['the vendor’s date', failureOf(), 'Thu, 01 Jan 2026 00:00:09 GMT', 9000, 9000],
    ['the provider’s word before the header', failureOf(3000), '7', 3000, 3000],
    ['the error’s word before the header', failureOf(undefined, 4000), '7', 4000, 4000],
    ['each their own where both were said', failureOf(3000, 4000), undefined, 3000, 4000],
  ])('takes %s', (_, failure, header, expected, told) => {
    const hinted = withRetryHint(failure, header === undefined ? undefined : replyWith(header), NOW_MS);

    expect(hinted).toMatchObject({ action: 'same', blame: 'provider', retryAfterMs: expected });
    expect(hinted.error).toMatchObject({
      kind: 'upstream_overloaded',
      message: 'full',
      param: 'p',
      cause: 'c',
      upstream: { status: 503 },
      retryAfterMs: told,
    });
  });

  it.each([undefined, replyWith('soon')])('changes nothing where nothing is said', (reply) => {
    const failure = failureOf();

    expect(withRetryHint(failure, reply, NOW_MS)).toBe(failure);
  });
});

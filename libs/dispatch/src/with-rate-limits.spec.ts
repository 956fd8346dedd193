import { GatewayError, type GatewayErrorKind, type UpstreamFailure, type WireHeaders } from '@sluice/core';
import { withRateLimits } from './with-rate-limits.js';

const NOW_MS = 1_772_366_400_000;
const IN_5_H_S = String(NOW_MS / 1_000 + 18_000);

const failureOf = (kind: GatewayErrorKind): UpstreamFailure => ({
  error: new GatewayError({ kind, message: 'Slow down.' }),
  blame: 'model',
  action: 'next-account',
});

function refine(headers: WireHeaders, body = '', kind: GatewayErrorKind = 'upstream_rate_limited') {
  const failure = failureOf(kind);
  const reply = { status: 429, headers, body: Buffer.from(body), error: failure.error };
  const { blame, retryAfterMs } = withRateLimits(failure, reply, NOW_MS);
  return { blame, retryAfterMs };
}

const TOKENS_SPENT = { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '6m0s' };
const WINDOW_SPENT = {
  'anthropic-ratelimit-unified-status': 'rejected',
  'anthropic-ratelimit-unified-5h-status': 'rejected',
  'anthropic-ratelimit-unified-5h-reset': IN_5_H_S,
};
const RETRY_INFO = JSON.stringify({
  error: { details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.4s' }] },
});

describe('withRateLimits', () => {
  it.each<[what: string, headers: WireHeaders, body: string, blame: string, retryAfterMs: number | undefined]>([
    ['nothing', {}, '', 'model', undefined],
    ['retry-after alone', { 'retry-after': '2' }, '', 'model', 2_000],
    ['the reset of a spent limit', TOKENS_SPENT, '', 'model', 360_000],
    ['retry-after rather than until the limit is full', { 'retry-after': '2', ...TOKENS_SPENT }, '', 'model', 2_000],
    ['the whole account’s window', WINDOW_SPENT, '', 'account', 18_000_000],
    ['the window, whatever retry-after says', { 'retry-after': '2', ...WINDOW_SPENT }, '', 'account', 18_000_000],
    ['the body', {}, RETRY_INFO, 'model', 34_400],
  ])('goes by %s', (_what, headers, body, blame, retryAfterMs) => {
    expect(refine(headers, body)).toEqual({ blame, retryAfterMs });
  });

  it('says nothing of failures that are no limit', () => {
    expect(refine(WINDOW_SPENT, '', 'upstream_error')).toEqual({ blame: 'model', retryAfterMs: undefined });
  });

  it('leaves a failure without an answer as it is', () => {
    const failure = failureOf('upstream_rate_limited');

    expect(withRateLimits(failure, undefined, NOW_MS)).toBe(failure);
  });
});

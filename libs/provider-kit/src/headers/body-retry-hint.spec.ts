import { bodyRetryHintMs } from './body-retry-hint.js';

/** 2026-03-01T12:00:00Z, which is 4 o'clock in the morning at Google's. */
const NOW_MS = 1_772_366_400_000;
const RETRY_INFO = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.4s' };
const quotaFailure = (quotaId: string) => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [{ quotaId }],
});

const hint = (value: unknown): number | undefined => bodyRetryHintMs(Buffer.from(JSON.stringify(value)), NOW_MS);

describe('bodyRetryHintMs', () => {
  it.each([
    ['Google’s RetryInfo', { error: { code: 429, details: [RETRY_INFO] } }, 34_400],
    ['the same inside a list', [{ error: { details: [RETRY_INFO] } }], 34_400],
    [
      'a quota by the minute',
      { error: { details: [quotaFailure('GenerateRequestsPerMinutePerProjectPerModel'), RETRY_INFO] } },
      34_400,
    ],
    [
      'a daily quota, until midnight in California',
      { error: { details: [quotaFailure('GenerateRequestsPerDayPerProjectPerModel'), RETRY_INFO] } },
      20 * 3_600_000,
    ],
    [
      'a ChatGPT plan, in seconds',
      { error: { type: 'usage_limit_reached', resets_at: 1, resets_in_seconds: 90 } },
      90_000,
    ],
    ['a ChatGPT plan, by date', { error: { type: 'usage_limit_reached', resets_at: 1_772_366_460 } }, 60_000],
  ])('reads %s', (_what, body, afterMs) => {
    expect(hint(body)).toBe(afterMs);
  });

  it.each([
    ['slow down'],
    [{}],
    [{ error: 'slow down' }],
    [{ error: { details: [{ retryDelay: '1s' }] } }],
    [[]],
    [null],
  ])('knows nothing from %j', (body) => {
    expect(hint(body)).toBeUndefined();
  });

  it('knows nothing from what is no JSON', () => {
    expect(bodyRetryHintMs(Buffer.from('<html>'), NOW_MS)).toBeUndefined();
  });
});

import { GatewayError, type GatewayErrorKind } from '@sluice/core';
import { kindOfStatus } from '@sluice/provider-kit';
import { classifyReply } from './classify-reply.js';

function classify(status: number, body: string) {
  const error = new GatewayError({
    kind: kindOfStatus(status),
    message: 'The words of the vendor.',
    retryAfterMs: 7_000,
    upstream: { status, message: 'm' },
  });
  return classifyReply({ status, headers: {}, body: Buffer.from(body), error });
}
const coded = (code: string): string => JSON.stringify({ error: { message: 'm', code } });

describe('classifyReply', () => {
  it.each<[string, number, string, GatewayErrorKind, string, string]>([
    ['premium requests are used up', 402, coded('quota_exceeded'), 'upstream_quota_exhausted', 'model', 'next-account'],
    ['a payment is due', 402, 'Payment Required', 'upstream_quota_exhausted', 'model', 'next-account'],
    [
      'the free plan is used up',
      402,
      coded('free_quota_exceeded'),
      'upstream_quota_exhausted',
      'account',
      'next-account',
    ],
    ['a quota comes as a limit', 429, coded('quota_exceeded'), 'upstream_quota_exhausted', 'model', 'next-account'],
    [
      'one model is throttled',
      429,
      coded('user_model_rate_limited:x'),
      'upstream_rate_limited',
      'model',
      'next-account',
    ],
    [
      'all is throttled',
      429,
      coded('user_global_rate_limited:pro'),
      'upstream_rate_limited',
      'account',
      'next-account',
    ],
    ['a model has no capacity', 429, coded('model_overloaded'), 'upstream_overloaded', 'provider', 'same'],
    ['the plan lacks the model', 400, coded('model_not_supported'), 'upstream_not_found', 'model', 'next-account'],
    ['the API lacks the model', 400, coded('unsupported_api_for_model'), 'upstream_not_found', 'model', 'next-account'],
    ['we are too old', 466, 'update', 'upstream_auth_failed', 'account', 'next-account'],
  ])('knows what it means when %s', (_case, status, body, kind, blame, action) => {
    const failure = classify(status, body);

    expect(failure).toMatchObject({ blame, action, retryAfterMs: 7_000 });
    expect(failure?.error).toMatchObject({ kind, retryAfterMs: 7_000, upstream: { status } });
  });

  it('says what to do about an old version', () => {
    expect(classify(466, '')?.error.message).toMatch(/editorVersion and pluginVersion/);
  });

  it.each([
    ['a refused token', 401, 'unauthorized: token expired\n'],
    ['a code that it does not know', 400, coded('invalid_request_body')],
    ['a fault', 500, '{"error":"text"}'],
    ['a limit without a code', 429, 'too many requests'],
  ])("leaves %s to HTTP's norms", (_case, status, body) => {
    expect(classify(status, body)).toBeUndefined();
  });
});

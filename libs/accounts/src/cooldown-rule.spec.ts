import type { Blame, GatewayErrorKind } from '@sluice/core';
import { fail } from './__fixtures__/upstream-failures.js';
import { cooldownRule } from './cooldown-rule.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

describe('cooldownRule', () => {
  it.each<[GatewayErrorKind, Blame, string, number]>([
    ['upstream_rate_limited', 'account', 'hard', SECOND_MS],
    ['upstream_rate_limited', 'model', 'hard', SECOND_MS],
    ['upstream_quota_exhausted', 'account', 'hard', 30 * MINUTE_MS],
    ['upstream_auth_failed', 'account', 'hard', 5 * MINUTE_MS],
    ['upstream_not_found', 'model', 'hard', 5 * MINUTE_MS],
    ['upstream_invalid_request', 'model', 'hard', 5 * MINUTE_MS],
    ['upstream_overloaded', 'provider', 'soft', 15 * SECOND_MS],
    ['upstream_overloaded', 'model', 'soft', 15 * SECOND_MS],
    ['upstream_error', 'provider', 'soft', 15 * SECOND_MS],
    ['upstream_silent', 'provider', 'soft', 15 * SECOND_MS],
    ['upstream_truncated', 'provider', 'soft', 15 * SECOND_MS],
    ['upstream_not_found', 'account', 'soft', 15 * SECOND_MS],
    ['upstream_unreachable', 'network', 'soft', 10 * SECOND_MS],
    ['upstream_error', 'network', 'soft', 10 * SECOND_MS],
  ])('rests for %s, blamed on the %s: %s, %d ms', (kind, blame, strength, durationMs) => {
    expect(cooldownRule(fail(kind, blame))).toMatchObject({ strength, durationMs });
  });

  it.each<GatewayErrorKind>(['upstream_invalid_request', 'upstream_context_length', 'internal_error'])(
    'lets nobody rest for the request’s own fault: %s',
    (kind) => {
      expect(cooldownRule(fail(kind, 'request'))).toBeUndefined();
    },
  );

  it.each<[GatewayErrorKind, Blame, boolean]>([
    ['upstream_rate_limited', 'account', true],
    ['upstream_quota_exhausted', 'account', true],
    ['upstream_overloaded', 'provider', true],
    ['upstream_auth_failed', 'account', true],
    ['upstream_not_found', 'model', false],
    ['upstream_unreachable', 'network', false],
  ])('knows whether the vendor’s own time counts: %s', (kind, blame, honoursHint) => {
    expect(cooldownRule(fail(kind, blame))).toMatchObject({ honoursHint });
  });
});

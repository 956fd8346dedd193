import { GATEWAY_ERRORS, GatewayError, type GatewayErrorKind, type UpstreamFailure } from '@sluice/core';
import { z } from 'zod';
import { classifyFailure } from './classify-failure.js';
import type { FailedReply, Provider } from './provider.js';

function errorOf(kind: GatewayErrorKind, status?: number, retryAfterMs?: number): GatewayError {
  return new GatewayError({
    kind,
    message: 'm',
    ...(status !== undefined && { upstream: { status, message: 'm' } }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function providerThat(classify: NonNullable<Provider['classify']>): Provider {
  return {
    descriptor: { id: 'p', displayName: 'P', credentials: [], settings: z.object({}) },
    formats: () => [],
    send: () => Promise.reject(new Error('not sent here')),
    classify,
  };
}

describe('classifyFailure', () => {
  it.each<[GatewayErrorKind, string, string]>([
    ['upstream_invalid_request', 'request', 'stop'],
    ['upstream_context_length', 'request', 'stop'],
    ['upstream_request_too_large', 'request', 'stop'],
    ['upstream_auth_failed', 'account', 'next-account'],
    ['upstream_quota_exhausted', 'account', 'next-account'],
    ['upstream_rate_limited', 'model', 'next-account'],
    ['upstream_not_found', 'model', 'next-account'],
    ['upstream_overloaded', 'provider', 'same'],
    ['upstream_error', 'provider', 'same'],
    ['upstream_unreachable', 'network', 'next-account'],
    ['upstream_silent', 'provider', 'next-account'],
    ['upstream_timed_out', 'provider', 'next-account'],
    ['upstream_truncated', 'provider', 'next-account'],
    ['upstream_invalid_response', 'provider', 'next-account'],
  ])('%s: blame %s, then %s', (kind, blame, action) => {
    const error = errorOf(kind);

    expect(classifyFailure(error)).toEqual({ error, blame, action });
  });

  it.each([
    [408, 'upstream_timed_out'],
    [409, 'upstream_invalid_request'],
  ] as const)('asks again after %i', (status, kind) => {
    expect(classifyFailure(errorOf(kind, status))).toMatchObject({ blame: 'provider', action: 'same' });
  });

  it('stops at every failure of our own making', () => {
    const own = Object.keys(GATEWAY_ERRORS).filter((kind) => !kind.startsWith('upstream_')) as GatewayErrorKind[];

    for (const kind of own) {
      expect(classifyFailure(errorOf(kind))).toMatchObject({ blame: 'request', action: 'stop' });
    }
    expect(own).toContain('client_closed');
  });

  it("hands the vendor's wish on", () => {
    expect(classifyFailure(errorOf('upstream_rate_limited', 429, 1500)).retryAfterMs).toBe(1500);
  });

  describe('with a provider that judges', () => {
    const error = errorOf('upstream_request_too_large', 413);
    const reply: FailedReply = { status: 413, headers: {}, body: Buffer.from('tokens per minute'), error };
    const verdict: UpstreamFailure = { error, blame: 'account', action: 'next-account', retryAfterMs: 1 };

    it('follows it', () => {
      const provider = providerThat((failed) => (failed.body.includes('per minute') ? verdict : undefined));

      expect(classifyFailure(error, provider, reply)).toBe(verdict);
    });

    it('falls back to the norms where it has nothing to say', () => {
      expect(
        classifyFailure(
          error,
          providerThat(() => undefined),
          reply,
        ),
      ).toMatchObject({ action: 'stop' });
    });

    it('does not ask it without an answer of the vendor', () => {
      expect(
        classifyFailure(
          error,
          providerThat(() => verdict),
        ),
      ).toMatchObject({ action: 'stop' });
    });
  });
});

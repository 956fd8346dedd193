import { GATEWAY_ERRORS, type GatewayErrorKind } from './gateway-error-kind.js';
import { GatewayError } from './gateway-error.js';

const errorOf = (kind: GatewayErrorKind, upstreamStatus?: number): GatewayError =>
  new GatewayError({
    kind,
    message: 'x',
    ...(upstreamStatus !== undefined && { upstream: { status: upstreamStatus, message: 'y' } }),
  });

describe('GatewayError', () => {
  describe('status', () => {
    it.each<[GatewayErrorKind, number]>([
      ['invalid_request', 400],
      ['invalid_api_key', 401],
      ['insufficient_quota', 403],
      ['guardrail_blocked', 403],
      ['model_not_found', 404],
      ['request_too_large', 413],
      ['unsupported_media_type', 415],
      ['rate_limited', 429],
      ['model_cooldown', 429],
      ['internal_error', 500],
      ['upstream_quota_exhausted', 429],
      ['upstream_unreachable', 502],
      ['upstream_truncated', 502],
      ['shutting_down', 503],
      ['upstream_silent', 504],
    ])('of %s is %i', (kind, status) => {
      expect(errorOf(kind).status).toBe(status);
    });

    it('hands a vendor’s status on where the kind allows it', () => {
      expect(errorOf('upstream_invalid_request', 422).status).toBe(422);
      expect(errorOf('upstream_overloaded', 529).status).toBe(529);
      expect(errorOf('upstream_quota_exhausted', 402).status).toBe(402);
    });

    it('is never a vendor’s 401: agents would log their user out', () => {
      expect(errorOf('upstream_auth_failed', 401).status).toBe(502);
      expect(errorOf('upstream_auth_failed', 403).status).toBe(502);
    });

    it('ignores a vendor’s status for failures of ours', () => {
      expect(errorOf('invalid_request', 500).status).toBe(400);
    });
  });

  describe('kinds', () => {
    it('all stand for an HTTP error', () => {
      const statuses = Object.values(GATEWAY_ERRORS).map((row) => row.status);

      expect(Math.min(...statuses)).toBeGreaterThanOrEqual(400);
      expect(Math.max(...statuses)).toBeLessThan(600);
    });
  });

  it('keeps the cause for the log and out of the message', () => {
    const error = new GatewayError({ kind: 'internal_error', message: 'safe', cause: new Error('secret detail') });

    expect(error.message).toBe('safe');
    expect(error.cause).toEqual(new Error('secret detail'));
  });
});

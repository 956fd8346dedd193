import { refusalOf, type RefusalVerdict } from './refusal.js';

const reply = (status: number, value: object = {}) => ({ status, headers: {}, value: value as Record<string, string> });

describe('refusalOf', () => {
  it.each<[string, number, object, RefusalVerdict, string]>([
    [
      'a used up token of Kiro',
      400,
      { error: 'invalid_grant', message: 'Invalid refresh token provided' },
      'dead',
      'upstream_auth_failed',
    ],
    [
      'a used up token of single sign-on',
      400,
      { error: 'invalid_grant', error_description: 'Invalid grant provided' },
      'dead',
      'upstream_auth_failed',
    ],
    ['the same with another status', 401, { error: 'invalid_grant' }, 'dead', 'upstream_auth_failed'],
    ['a registration that has ended', 400, { error: 'invalid_client' }, 'dead', 'upstream_auth_failed'],
    [
      'a registration that has ended, by its other word',
      401,
      { error: 'unauthorized_client' },
      'dead',
      'upstream_auth_failed',
    ],
    ['an expired token', 400, { error: 'expired_token' }, 'dead', 'upstream_auth_failed'],
    ['denied access', 400, { error: 'access_denied' }, 'dead', 'upstream_auth_failed'],
    ['bad credentials', 401, { message: 'Bad credentials' }, 'dead', 'upstream_auth_failed'],
    ['a refusal without a reason', 401, {}, 'counted', 'upstream_auth_failed'],
    ['a forbidden renewal', 403, { message: 'no' }, 'counted', 'upstream_auth_failed'],
    ['a wrong request', 400, { error: 'invalid_request' }, 'counted', 'upstream_auth_failed'],
    ['a wrong place', 404, {}, 'counted', 'upstream_auth_failed'],
    ['throttling', 429, { error: 'slow_down' }, 'passing', 'upstream_rate_limited'],
    ['a timeout', 408, {}, 'passing', 'upstream_timed_out'],
    ['a fault', 500, { error: 'invalid_grant' }, 'passing', 'upstream_error'],
    ['a service that is away', 503, {}, 'passing', 'upstream_overloaded'],
    ['a gateway that gave up', 504, {}, 'passing', 'upstream_timed_out'],
  ])('%s', (_name, status, value, verdict, kind) => {
    expect(refusalOf(reply(status, value))).toMatchObject({ verdict, error: { kind } });
  });

  it('takes a word for one only where it stands alone', () => {
    expect(refusalOf(reply(400, { message: 'not_invalid_grant_like' }))).toMatchObject({ verdict: 'counted' });
  });

  it('never repeats the vendor’s words', () => {
    const { error } = refusalOf(reply(400, { error: 'invalid_grant', message: 'aor-secret' }));

    expect(error.message).not.toContain('aor-secret');
    expect(error.message).toMatch(/must log in again/);
  });
});

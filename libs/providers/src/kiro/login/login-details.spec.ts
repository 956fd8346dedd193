import { credentialOf, isUsable, loginOf, seedOf } from './login-details.js';
import type { KiroLogin } from './kiro-login.js';

const NOW_MS = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;

const LOGIN: KiroLogin = {
  authMethod: 'idc',
  accessToken: 'aoa',
  expiresAtMs: NOW_MS + 60 * MINUTE_MS,
  refreshToken: 'aor',
  clientId: 'i',
  clientSecret: 's',
  clientExpiresAtMs: NOW_MS + 1,
  region: 'eu-west-1',
};

describe('credentialOf', () => {
  it('lets a login run out five minutes before the vendor says so, and keeps the vendor’s word', () => {
    expect(credentialOf(LOGIN, ['a', 'b', 'a'])).toEqual({
      kind: 'oauth',
      secret: 'aoa',
      expiresAtMs: NOW_MS + 55 * MINUTE_MS,
      details: {
        authMethod: 'idc',
        refreshToken: 'aor',
        clientId: 'i',
        clientSecret: 's',
        clientExpiresAtMs: String(NOW_MS + 1),
        region: 'eu-west-1',
        endsAtMs: String(NOW_MS + 60 * MINUTE_MS),
        seed: 'a b',
      },
    });
  });

  it('is undone by loginOf', () => {
    expect(loginOf(credentialOf(LOGIN, ['a']))).toEqual(LOGIN);
  });

  it('makes a key a credential that never runs out', () => {
    const credential = credentialOf({ authMethod: 'api_key', apiKey: 'ksk_1' }, []);

    expect(credential).toEqual({ kind: 'api-key', secret: 'ksk_1', details: { authMethod: 'api_key' } });
    expect(loginOf(credential)).toEqual({ authMethod: 'api_key', apiKey: 'ksk_1' });
  });
});

describe('72: isUsable', () => {
  it.each<[string, KiroLogin['expiresAtMs'], boolean]>([
    ['ends in 6 minutes', NOW_MS + 6 * MINUTE_MS, true],
    ['ends in 4 minutes', NOW_MS + 4 * MINUTE_MS, false],
    ['ends nobody knows when', undefined, false],
  ])('a token that %s', (_name, expiresAtMs, usable) => {
    const login: KiroLogin = {
      authMethod: 'social',
      accessToken: 'a',
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    };

    expect(isUsable(login, NOW_MS)).toBe(usable);
  });
});

describe('seedOf', () => {
  it('tells logins apart by what outlives an access token, without repeating it', () => {
    expect(seedOf({ refreshToken: 'r', accessToken: 'a' })).toBe(seedOf({ refreshToken: 'r', accessToken: 'b' }));
    expect(seedOf({ refreshToken: 'r' })).not.toBe(seedOf({ refreshToken: 'q' }));
    expect(seedOf({ refreshToken: 'r' })).toMatch(/^[0-9a-f]{16}$/);
  });
});

import { declaredOAuth, oauthCredential } from './oauth-tokens.js';

describe('declaredOAuth', () => {
  it('sends an access token that stands alone as it is', () => {
    expect(declaredOAuth({ accessToken: 'a' })).toEqual({ kind: 'oauth', secret: 'a' });
  });

  it('takes a login with a refresh token for run out', () => {
    expect(declaredOAuth({ refreshToken: 'abc' })).toEqual({
      kind: 'oauth',
      secret: '',
      expiresAtMs: 0,
      // the SHA-256 of "abc" begins like this
      details: { refreshToken: 'abc', seed: 'ba7816bf8f01cfea' },
    });
  });

  it('leaves the login to the credential store where nothing is declared', () => {
    expect(declaredOAuth({})).toBeUndefined();
  });
});

describe('oauthCredential', () => {
  it('stays the same login while its tokens change', () => {
    const first = oauthCredential({ accessToken: 'a', refreshToken: 'r' });
    const second = oauthCredential({ accessToken: 'b', refreshToken: 's' }, first.details);

    expect(second.details?.['seed']).toBe(first.details?.['seed']);
    expect(second.details?.['refreshToken']).toBe('s');
  });
});

import { hasSecret, LoginProblem, readLogin } from './read-login.js';

describe('readLogin', () => {
  it('reads a login of kiro-rs', () => {
    const login = readLogin({
      id: 1,
      accessToken: 'aoa',
      refreshToken: ' aor ',
      profileArn: 'arn:aws:codewhisperer:eu-central-1:1:profile/A',
      expiresAt: '2026-01-01T00:00:00Z',
      authMethod: 'idc',
      clientId: 'i',
      clientSecret: 's',
      priority: 0,
      region: 'eu-west-1',
      authRegion: null,
      apiRegion: 'eu-central-1',
      machineId: '',
      email: 'a@b.c',
    });

    expect(login).toEqual({
      authMethod: 'idc',
      accessToken: 'aoa',
      email: 'a@b.c',
      refreshToken: 'aor',
      profileArn: 'arn:aws:codewhisperer:eu-central-1:1:profile/A',
      expiresAtMs: Date.UTC(2026, 0, 1),
      clientId: 'i',
      clientSecret: 's',
      region: 'eu-west-1',
      apiRegion: 'eu-central-1',
    });
  });

  it('reads a login of kiro-cli', () => {
    const login = readLogin({
      access_token: 'aoa',
      refresh_token: 'aor',
      expires_at: '2026-01-01T00:00:00.123456789Z',
      start_url: 'https://view.awsapps.com/start',
      scopes: ['a', 'b'],
      client_secret_expires_at: '2026-02-01T00:00:00Z',
    });

    expect(login).toEqual({
      authMethod: 'social',
      accessToken: 'aoa',
      refreshToken: 'aor',
      expiresAtMs: Date.UTC(2026, 0, 1, 0, 0, 0, 123),
      startUrl: 'https://view.awsapps.com/start',
      scope: 'a b',
      clientExpiresAtMs: Date.UTC(2026, 1, 1),
    });
  });

  it.each([
    [{}, 'social'],
    [{ clientId: 'i' }, 'social'],
    [{ clientId: 'i', clientSecret: 's' }, 'idc'],
    [{ authMethod: 'social', clientId: 'i', clientSecret: 's' }, 'social'],
    [{ authMethod: 'IdC' }, 'idc'],
    [{ authMethod: 'builder-id' }, 'idc'],
    [{ authMethod: 'iam' }, 'idc'],
    [{ authMethod: 'apikey' }, 'api_key'],
    [{ authMethod: 'api_key' }, 'api_key'],
    [{ authMethod: 'idc', kiroApiKey: 'ksk_1' }, 'api_key'],
    [{ authMethod: 'Entra-ID' }, 'external_idp'],
    [{ authMethod: 'azuread' }, 'external_idp'],
    [{ authMethod: 'microsoft' }, 'external_idp'],
    [{ authMethod: 'm365' }, 'external_idp'],
    [{ authMethod: 'external_idp' }, 'external_idp'],
    [{ authMethod: '', clientId: 'i', clientSecret: 's' }, 'idc'],
  ])('knows who renews %j', (value, authMethod) => {
    expect(readLogin(value)).toMatchObject({ authMethod });
  });

  it.each([
    [{ refreshToken: 'aorAAAA...xyz' }, 'refreshToken'],
    [{ authMethod: 'password' }, 'authMethod'],
    [{ authMethod: 'toString' }, 'authMethod'],
    [{ region: 'us-east-1.evil.example/' }, 'region'],
    [{ apiRegion: 'mars' }, 'apiRegion'],
    [[], ''],
    ['aor', ''],
  ])('refuses %j', (value, member) => {
    expect(() => readLogin(value)).toThrow(expect.objectContaining({ name: 'LoginProblem', member }));
  });

  it('never repeats what it refuses', () => {
    expect.assertions(2);
    try {
      readLogin({ refreshToken: 'aorSECRET...xyz' });
    } catch (error) {
      expect(error).toBeInstanceOf(LoginProblem);
      expect(String(error)).not.toContain('SECRET');
    }
  });

  it.each([
    [{ email: 'a@b.c' }, false],
    [{ refreshToken: 'r' }, true],
    [{ accessToken: 'a' }, true],
    [{ kiroApiKey: 'k' }, true],
  ])('%j can be used: %s', (value, expected) => {
    expect(hasSecret(readLogin(value))).toBe(expected);
  });
});

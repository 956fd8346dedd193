import { readCredential, regionPlaces } from './credential.js';
import { KiroSettings } from './settings.js';

const read = (settings: Record<string, unknown>) => readCredential(KiroSettings.parse(settings));

describe('readCredential', () => {
  it('takes an access token alone as it is, for ever', () => {
    expect(read({ accessToken: 'aoa' })).toEqual({ kind: 'oauth', secret: 'aoa' });
  });

  it('takes a key as it is, for ever', () => {
    expect(read({ apiKey: 'ksk_1' })).toEqual({ kind: 'api-key', secret: 'ksk_1' });
  });

  it('leaves an account without tokens to the credential store', () => {
    expect(read({ region: 'us-east-1' })).toBeUndefined();
  });

  it('makes a refresh token a login that has to be renewed first', () => {
    expect(read({ refreshToken: 'aor' })).toMatchObject({
      kind: 'oauth',
      secret: '',
      expiresAtMs: 0,
      details: { refreshToken: 'aor', authMethod: 'social' },
    });
  });

  it.each([
    [{ clientId: 'i', clientSecret: 's' }, 'idc'],
    [{ clientId: 'i' }, 'social'],
    [{ authMethod: 'IdC' }, 'idc'],
    [{ authMethod: 'builder-id' }, 'idc'],
    [{ authMethod: 'iam' }, 'idc'],
    [{ authMethod: 'Entra' }, 'external_idp'],
    [{ authMethod: 'social', clientId: 'i', clientSecret: 's' }, 'social'],
  ])('knows who renews %j', (settings, authMethod) => {
    expect(read({ refreshToken: 'aor', ...settings })?.details).toMatchObject({ authMethod });
  });

  it('tells declared logins apart without repeating them', () => {
    const first = read({ refreshToken: 'aor-1' })?.details?.['seed'];
    const second = read({ refreshToken: 'aor-2' })?.details?.['seed'];

    expect(first).not.toBe(second);
    expect(first).not.toContain('aor');
  });
});

describe('regionPlaces', () => {
  const credential = { kind: 'oauth', secret: '', details: { region: 'eu-west-1', apiRegion: 'eu-central-1' } };
  const account = (settings: Record<string, unknown>) => ({
    id: 'kiro-1',
    provider: 'kiro',
    settings,
    headers: {},
    transport: { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1 } },
  });

  it('takes the regions of a stored login where its account says nothing', () => {
    expect(regionPlaces(account({ apiRegion: 'us-east-1' }), credential)).toEqual({
      login: { region: 'eu-west-1', apiRegion: 'us-east-1' },
      all: {},
    });
  });
});

describe('KiroSettings', () => {
  it.each([
    [{ refreshToken: 'aor...xyz' }, 'refreshToken'],
    [{ region: 'mars-1' }, 'region'],
    [{ region: 'us-east-1.evil.example/' }, 'region'],
    [{ profileArn: 'arn:aws:iam::1:role/x' }, 'profileArn'],
    [{ authMethod: 'password' }, 'authMethod'],
    [{ endpoints: { inference: 'ftp://example.org' } }, 'endpoints'],
    [{ endpoints: { other: 'https://example.org' } }, 'endpoints'],
  ])('refuse %j', (settings, member) => {
    const { error } = KiroSettings.safeParse(settings);

    expect(error?.issues[0]?.path[0]).toBe(member);
  });
});

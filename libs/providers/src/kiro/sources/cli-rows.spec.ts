import { readCliRows, type CliRows } from './cli-rows.js';

const ARN = 'arn:aws:codewhisperer:eu-central-1:111122223333:profile/A';
const TOKEN = {
  access_token: 'aoa',
  expires_at: '2026-01-11T14:33:30.786627123Z',
  refresh_token: 'aor',
  region: 'eu-west-1',
  start_url: 'https://acme.awsapps.com/start',
  oauth_flow: 'DeviceCode',
};
const CLIENT = {
  client_id: 'i',
  client_secret: 's',
  client_secret_expires_at: '2026-03-01T00:00:00Z',
  region: 'eu-west-2',
};

function rows(auth: Record<string, unknown>, state: Record<string, string> = {}): CliRows {
  return { auth: Object.fromEntries(Object.entries(auth).map(([key, value]) => [key, JSON.stringify(value)])), state };
}

describe('readCliRows', () => {
  it('reads a login of single sign-on with its client', () => {
    const { login, key } = readCliRows(
      rows({ 'kirocli:odic:token': TOKEN, 'kirocli:odic:device-registration': CLIENT }),
      'db',
    );

    expect(key).toBe('kirocli:odic:token');
    expect(login).toMatchObject({
      authMethod: 'idc',
      accessToken: 'aoa',
      refreshToken: 'aor',
      expiresAtMs: Date.UTC(2026, 0, 11, 14, 33, 30, 786),
      clientId: 'i',
      clientSecret: 's',
      clientExpiresAtMs: Date.UTC(2026, 2, 1),
      region: 'eu-west-1',
      startUrl: 'https://acme.awsapps.com/start',
    });
  });

  it.each([
    [['codewhisperer:odic:token', 'kirocli:odic:token', 'kirocli:social:token'], 'kirocli:social:token'],
    [['codewhisperer:odic:token', 'kirocli:odic:token'], 'kirocli:odic:token'],
    [['codewhisperer:odic:token', 'codewhisperer:social:token'], 'codewhisperer:social:token'],
    [['kirocli:oidc:token', 'codewhisperer:odic:token'], 'kirocli:oidc:token'],
  ])('of %j takes %s', (keys, expected) => {
    const auth = Object.fromEntries(keys.map((key) => [key, TOKEN]));

    expect(readCliRows(rows(auth), 'db').key).toBe(expected);
  });

  it('takes the client of the token’s own program', () => {
    const auth = {
      'codewhisperer:odic:token': TOKEN,
      'kirocli:odic:device-registration': { client_id: 'other', client_secret: 'x' },
      'codewhisperer:oidc:device_registration': CLIENT,
    };

    expect(readCliRows(rows(auth), 'db').login).toMatchObject({ clientId: 'i', clientSecret: 's' });
  });

  it('reads a social login without anybody’s client', () => {
    const auth = {
      'kirocli:social:token': { access_token: 'aoa', refresh_token: 'aor', provider: 'google', profile_arn: ARN },
      'kirocli:odic:device-registration': CLIENT,
    };

    const { login } = readCliRows(rows(auth), 'db');

    expect(login).toMatchObject({ authMethod: 'social', profileArn: ARN });
    expect(login.clientId).toBeUndefined();
  });

  it.each([
    [JSON.stringify({ arn: ARN, profile_name: 'x' }), ARN],
    [JSON.stringify(ARN), ARN],
    [ARN, ARN],
    ['null', undefined],
  ])('reads the chosen profile from %s', (text, arn) => {
    const { login } = readCliRows(rows({ 'kirocli:odic:token': TOKEN }, { 'api.codewhisperer.profile': text }), 'db');

    expect(login.profileArn).toBe(arn);
  });

  it.each([
    [{ region: 'us-east-2' }, CLIENT, '"us-west-2"', 'us-east-2'],
    [{}, CLIENT, '"us-west-2"', 'eu-west-2'],
    [{}, {}, '"us-west-2"', 'us-west-2'],
    [{}, {}, 'us-west-2', 'us-west-2'],
  ])('takes the region of the token %j, its client, or the settings', (token, client, setting, region) => {
    const auth = {
      'kirocli:odic:token': { refresh_token: 'r', ...token },
      'kirocli:odic:device-registration': client,
    };

    expect(readCliRows(rows(auth, { 'auth.idc.region': setting }), 'db').login.region).toBe(region);
  });

  it.each([
    [rows({}), /db: auth_kv has no login/],
    [{ auth: { 'kirocli:odic:token': 'nonsense' }, state: {} }, /db: kirocli:odic:token is not a JSON object/],
    [rows({ 'kirocli:odic:token': { region: 'us-east-1' } }), /has neither refresh_token nor access_token/],
  ])('says what is wrong', (found, message) => {
    expect(() => readCliRows(found, 'db')).toThrow(message);
  });
});

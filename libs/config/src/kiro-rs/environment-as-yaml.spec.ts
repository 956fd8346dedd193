import { parse } from 'yaml';
import { environmentAsYaml } from './environment-as-yaml.js';

const CLIENTS = { PROXY_API_KEY: 'a-password-of-clients' };

function read(environment: Readonly<Record<string, string>>): unknown {
  const read = environmentAsYaml(environment);
  return read?.type === 'complete' ? parse(read.yaml) : read;
}

describe('environmentAsYaml', () => {
  it.each([
    ['nothing', {}],
    ['variables of others', { PATH: '/bin', REFRESH_TOKEN: ' ' }],
    ['a key for clients alone', CLIENTS],
    ['a token that may be anybody’s', { REFRESH_TOKEN: 'r' }],
    ['a key that other programs read, too', { KIRO_API_KEY: 'ksk_1' }],
  ])('makes nothing of %s', (_name, environment) => {
    expect(environmentAsYaml(environment)).toBeUndefined();
  });

  it.each(['KIRO_CLI_DB_FILE', 'KIRO_CREDS_FILE', 'KIRO_REFRESH_TOKEN'])(
    'misses the key for clients beside %s',
    (name) => {
      expect(environmentAsYaml({ [name]: 'x' })).toEqual({ type: 'keyless', variable: name });
    },
  );

  it.each<[string, Readonly<Record<string, string>>, object]>([
    [
      'rkgw’s database',
      { KIRO_CLI_DB_FILE: '~/.kiro/data.db', KIRO_REGION: 'us-east-1' },
      { sqliteFile: '~/.kiro/data.db', region: 'us-east-1' },
    ],
    ['kiro-gateway’s file', { KIRO_CREDS_FILE: './token.json' }, { tokenFile: './token.json' }],
    [
      'the first of several stores',
      { KIRO_CREDS_FILE: 'a', KIRO_CLI_DB_FILE: 'b', REFRESH_TOKEN: 'r' },
      { sqliteFile: 'b' },
    ],
    [
      'kiro-gateway’s token',
      { REFRESH_TOKEN: 'r', PROFILE_ARN: 'arn:aws:codewhisperer:us-east-1:111122223333:profile/A' },
      { refreshToken: '${REFRESH_TOKEN}', profileArn: 'arn:aws:codewhisperer:us-east-1:111122223333:profile/A' },
    ],
    [
      'Harbangan’s token with its client',
      {
        KIRO_REFRESH_TOKEN: 'r',
        KIRO_CLIENT_ID: 'i',
        KIRO_CLIENT_SECRET: 's',
        KIRO_SSO_REGION: 'eu-west-1',
        KIRO_REGION: 'eu-central-1',
      },
      {
        refreshToken: '${KIRO_REFRESH_TOKEN}',
        clientId: 'i',
        clientSecret: '${KIRO_CLIENT_SECRET}',
        region: 'eu-central-1',
        authRegion: 'eu-west-1',
      },
    ],
    [
      'how models think, and that cut calls are not told',
      { KIRO_CREDS_FILE: 'a', FAKE_REASONING_MAX_TOKENS: '10000', TRUNCATION_RECOVERY: 'false' },
      {
        tokenFile: 'a',
        reasoning: { mode: 'tags', always: true, budgetTokens: 10_000, handling: 'as_reasoning_content' },
        truncationRecovery: false,
      },
    ],
  ])('reads %s', (_name, environment, members) => {
    expect(read({ ...CLIENTS, ...environment })).toEqual({
      apiKeys: [{ name: 'clients', key: '${PROXY_API_KEY}' }],
      accounts: [{ id: 'kiro', provider: 'kiro', ...members }],
    });
  });

  it('reads a key beside another login', () => {
    expect(
      read({ ...CLIENTS, KIRO_API_KEY: 'ksk_1', KIRO_CLI_DB_FILE: 'b', KIRO_API_REGION: 'eu-central-1' }),
    ).toMatchObject({
      accounts: [
        { id: 'kiro-key', provider: 'kiro', apiKey: '${KIRO_API_KEY}', apiRegion: 'eu-central-1' },
        { id: 'kiro', provider: 'kiro', sqliteFile: 'b', apiRegion: 'eu-central-1' },
      ],
    });
  });

  it.each([
    [{ VPN_PROXY_URL: 'socks5://127.0.0.1:1' }, { proxyUrl: '${VPN_PROXY_URL}' }],
    [{ VPN_PROXY_URL: '127.0.0.1:1' }, { proxyUrl: 'http://${VPN_PROXY_URL}' }],
    [
      { FIRST_TOKEN_TIMEOUT: '15', STREAMING_READ_TIMEOUT: '300' },
      { timeouts: { firstByteMs: 15_000, idleMs: 300_000 } },
    ],
    [{ FIRST_TOKEN_TIMEOUT: 'soon', STREAMING_READ_TIMEOUT: '1.5' }, { timeouts: { idleMs: 1_500 } }],
  ])('reads %j', (environment, upstream) => {
    expect(read({ ...CLIENTS, KIRO_CREDS_FILE: 'a', ...environment })).toMatchObject({ upstream });
  });

  it('shows no secret', () => {
    const secrets = {
      PROXY_API_KEY: 'sec-1',
      KIRO_REFRESH_TOKEN: 'sec-2',
      KIRO_CLIENT_SECRET: 'sec-3',
      KIRO_API_KEY: 'sec-4',
    };

    expect(JSON.stringify(environmentAsYaml({ ...secrets, VPN_PROXY_URL: 'http://u:sec-5@h' }))).not.toContain('sec-');
  });
});

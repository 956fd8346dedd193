import { loginsFromEnvironment } from './environment-login.js';

const read = (environment: Record<string, string>) => loginsFromEnvironment(environment, '/etc/gateway');

describe('loginsFromEnvironment', () => {
  it('finds nothing in variables of others', () => {
    expect(read({ PATH: '/bin', REFRESH_TOKEN: ' ' })).toEqual([]);
  });

  it.each([
    [{ KIRO_CLI_DB_FILE: './data.db' }, { kind: 'cli-database', path: '/etc/gateway/data.db', writeBack: false }],
    [{ KIRO_CREDS_FILE: '/a.json' }, { kind: 'token-cache', path: '/a.json', writeBack: false }],
    [
      { KIRO_CREDS_FILE: '/a.json', KIRO_CLI_DB_FILE: '/b.db', REFRESH_TOKEN: 'r' },
      { kind: 'cli-database', path: '/b.db', writeBack: false },
    ],
  ])('%j', (environment, origin) => {
    expect(read(environment)).toEqual([{ from: 'store', origin }]);
  });

  it('reads kiro-gateway’s token', () => {
    const arn = 'arn:aws:codewhisperer:us-east-1:1:profile/A';

    expect(read({ REFRESH_TOKEN: 'r', PROFILE_ARN: arn, KIRO_REGION: 'us-east-1' })).toEqual([
      { from: 'variables', login: { authMethod: 'social', refreshToken: 'r', profileArn: arn, region: 'us-east-1' } },
    ]);
  });

  it('reads Harbangan’s token with its client', () => {
    const environment = {
      KIRO_REFRESH_TOKEN: 'r',
      KIRO_CLIENT_ID: 'i',
      KIRO_CLIENT_SECRET: 's',
      KIRO_SSO_REGION: 'eu-west-1',
      KIRO_REGION: 'eu-central-1',
    };

    expect(read(environment)).toEqual([
      {
        from: 'variables',
        login: {
          authMethod: 'idc',
          refreshToken: 'r',
          clientId: 'i',
          clientSecret: 's',
          authRegion: 'eu-west-1',
          region: 'eu-central-1',
        },
      },
    ]);
  });

  it('reads a key beside anything else', () => {
    expect(read({ KIRO_API_KEY: 'ksk_1', KIRO_API_REGION: 'eu-central-1', KIRO_CLI_DB_FILE: '/b.db' })).toEqual([
      { from: 'variables', login: { authMethod: 'api_key', apiKey: 'ksk_1', apiRegion: 'eu-central-1' } },
      { from: 'store', origin: { kind: 'cli-database', path: '/b.db', writeBack: false } },
    ]);
  });
});

import { environmentAsYaml, formatProblem } from '@sluice/config';
import { loadGatewayConfiguration } from '../../load-gateway-configuration.js';
import { readDescriptors } from '../../read-descriptors.js';

const FILE = '(environment)';

/** What the gateway makes of the variables of an older one. */
async function load(environment: Readonly<Record<string, string>>) {
  const env = { PROXY_API_KEY: 'a-password-of-clients-4718', ...environment };
  const found = environmentAsYaml(env);
  const yaml = found?.type === 'complete' ? found.yaml : undefined;
  const loaded = await loadGatewayConfiguration({
    file: FILE,
    env,
    providers: await readDescriptors(),
    readFile: (path) => Promise.resolve(path === FILE ? yaml : undefined),
  });
  if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
  return loaded.snapshot;
}

describe('the variables of an older gateway', () => {
  it('make a configuration that is valid, with every member that there is', async () => {
    const { accounts, apiKeys } = await load({
      KIRO_REFRESH_TOKEN: `aorAAAAAG${'x'.repeat(120)}`,
      KIRO_CLIENT_ID: 'a-client',
      KIRO_CLIENT_SECRET: 'a-client-secret-4719',
      PROFILE_ARN: 'arn:aws:codewhisperer:us-east-1:111122223333:profile/A',
      KIRO_SSO_REGION: 'eu-west-1',
      KIRO_REGION: 'us-east-1',
      KIRO_API_REGION: 'eu-central-1',
      FAKE_REASONING: 'true',
      TRUNCATION_RECOVERY: 'false',
      VPN_PROXY_URL: '127.0.0.1:7890',
      FIRST_TOKEN_TIMEOUT: '15',
      STREAMING_READ_TIMEOUT: '300',
    });

    expect(apiKeys).toHaveLength(1);
    expect(accounts).toHaveLength(1);
    expect(accounts[0]).toMatchObject({
      account: {
        id: 'kiro',
        settings: {
          region: 'us-east-1',
          authRegion: 'eu-west-1',
          apiRegion: 'eu-central-1',
          reasoning: { mode: 'tags', always: true, budgetTokens: 4000, handling: 'as_reasoning_content' },
          truncationRecovery: false,
        },
        transport: { proxyUrl: 'http://127.0.0.1:7890', timeouts: { firstByteMs: 15_000, idleMs: 300_000 } },
      },
      credential: { kind: 'oauth', details: { authMethod: 'idc', clientId: 'a-client' } },
    });
  });

  it.each([
    [{ KIRO_CLI_DB_FILE: '/nowhere/data.sqlite3' }, 'cli-database'],
    [{ KIRO_CREDS_FILE: '/nowhere/kiro-auth-token.json' }, 'token-cache'],
  ])('name a store that another program keeps: %j', async (environment, kind) => {
    const { accounts } = await load(environment);

    expect(accounts[0]?.account.settings).toMatchObject({ origin: { kind, writeBack: false } });
  });

  it('name a key', async () => {
    const { accounts } = await load({ KIRO_API_KEY: 'ksk_4720' });

    expect(accounts[0]?.credential).toEqual({ kind: 'api-key', secret: 'ksk_4720' });
  });
});

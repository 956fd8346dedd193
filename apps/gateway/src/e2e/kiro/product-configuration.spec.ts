import { formatProblem } from '@sluice/config';
import { loadGatewayConfiguration } from '../../load-gateway-configuration.js';
import { readDescriptors } from '../../read-descriptors.js';

/** Every member that kiro-rs's documentation has. */
const CONFIG = {
  host: '127.0.0.1',
  port: 8990,
  apiKey: 'sk-kiro-rs-of-the-suite-4721',
  region: 'us-east-1',
  tlsBackend: 'rustls',
  kiroVersion: '0.9.2',
  machineId: 'ab'.repeat(32),
  systemVersion: 'darwin#24.6.0',
  nodeVersion: '22.21.1',
  authRegion: 'us-east-1',
  apiRegion: 'us-east-1',
  countTokensApiUrl: 'https://api.example.com/v1/messages/count_tokens',
  countTokensApiKey: 'sk-count-of-the-suite-4722',
  countTokensAuthType: 'x-api-key',
  proxyUrl: 'http://127.0.0.1:7890',
  proxyUsername: 'user',
  proxyPassword: 'pass',
  adminApiKey: 'sk-admin-of-the-suite-4723',
  loadBalancingMode: 'balanced',
  thinkingSuffix: '-reason',
  thinkingFormat: 'reasoning_content',
  maxRequestBodyBytes: 300_000,
};

describe('a config.json with every member that kiro-rs documents', () => {
  async function load() {
    const loaded = await loadGatewayConfiguration({
      file: 'config.json',
      env: {},
      providers: await readDescriptors(),
      readFile: (path) => Promise.resolve(path === 'config.json' ? JSON.stringify(CONFIG, undefined, 2) : undefined),
    });
    if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
    return loaded;
  }

  it('is understood in full', async () => {
    const { warnings } = await load();

    // only the logins, which stand in another file, are not there
    expect(warnings.map(formatProblem)).toEqual([expect.stringMatching(/credentials\.json: it does not exist yet/)]);
  });

  it('is taken over in full', async () => {
    const { snapshot } = await load();
    const [account] = snapshot.accounts;

    expect(snapshot.apiKeys.map(({ name }) => name)).toEqual(['kiro-rs', 'kiro-rs-admin']);
    expect(snapshot.settings.routing).toMatchObject({ strategy: 'balanced' });
    expect(account?.account).toMatchObject({
      transport: { proxyUrl: 'http://user:pass@127.0.0.1:7890/' },
      settings: {
        region: 'us-east-1',
        authRegion: 'us-east-1',
        apiRegion: 'us-east-1',
        kiroVersion: '0.9.2',
        systemVersion: 'darwin#24.6.0',
        nodeVersion: '22.21.1',
        machineId: 'ab'.repeat(32),
        thinkingSuffix: '-reason',
        thinkingFormat: 'reasoning_content',
        maxRequestBodyBytes: 300_000,
      },
    });
  });
});

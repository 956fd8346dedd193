import { resolve } from 'node:path';
import type { ProviderDescriptor } from '@sluice/provider-kit';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfiguration } from '../load-configuration.js';
import { formatProblem } from '../problem.js';
import { kiroRsAsYaml } from './kiro-rs-as-yaml.js';

const text = () => z.string().optional();

/** The members of the real provider that a `config.json` can fill: this library must not know the real one. */
const KIRO: ProviderDescriptor = {
  id: 'kiro',
  displayName: 'Kiro',
  credentials: ['oauth'],
  settings: z.strictObject({
    credentialsFile: z.string(),
    region: z
      .string()
      .regex(/^[a-z]+-[a-z]+-\d$/, { error: 'must be a region like us-east-1' })
      .optional(),
    authRegion: text(),
    apiRegion: text(),
    kiroVersion: text(),
    nodeVersion: text(),
    systemVersion: text(),
    machineId: text(),
    thinkingSuffix: text(),
    thinkingFormat: text(),
    endpoint: text(),
    maxRequestBodyBytes: z.int().optional(),
    reasoning: z.strictObject({ handling: z.string() }).optional(),
  }),
};

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly credentialsFile?: string;
}

function load(config: unknown, { env = {}, credentialsFile }: Options = {}) {
  const written = typeof config === 'string' ? config : JSON.stringify(config, undefined, 2);
  const readFile = async (path: string) => (path === 'config.json' ? written : undefined);
  return loadConfiguration({ file: 'config.json', env, providers: [KIRO], readFile, credentialsFile });
}

async function configurationOf(config: unknown, options?: Options) {
  const outcome = await load(config, options);
  if (!outcome.ok) throw new Error(outcome.problems.map(formatProblem).join('\n'));
  return outcome.configuration;
}

async function linesOf(config: unknown): Promise<readonly string[]> {
  const outcome = await load(config);
  return (outcome.ok ? outcome.warnings : outcome.problems).map(formatProblem);
}

const SMALL = { apiKey: 'sk-kiro-rs-1', region: 'us-east-1' };

describe('a config.json of kiro-rs', () => {
  it('serves its one key at the port and with the strategy of kiro-rs', async () => {
    expect(await configurationOf(SMALL)).toMatchObject({
      server: { host: '127.0.0.1', port: 8080 },
      apiKeys: [{ name: 'kiro-rs', key: 'sk-kiro-rs-1', scopes: [] }],
      routing: { strategy: 'priority' },
      accounts: [
        {
          id: 'kiro',
          provider: 'kiro',
          settings: { region: 'us-east-1', credentialsFile: resolve('credentials.json') },
        },
      ],
    });
  });

  it('reads the logins that it is given', async () => {
    const { accounts } = await configurationOf(SMALL, { credentialsFile: 'logins/mine.json' });

    expect(accounts[0]?.settings['credentialsFile']).toBe(resolve('logins/mine.json'));
  });

  it.each([
    [{ host: '0.0.0.0', port: 8990 }, { server: { host: '0.0.0.0', port: 8990 } }],
    [{ loadBalancingMode: 'balanced' }, { routing: { strategy: 'balanced' } }],
    [
      { adminApiKey: 'sk-admin' },
      {
        apiKeys: [
          { key: SMALL.apiKey, scopes: [] },
          { key: 'sk-admin', scopes: ['diagnostics', 'admin'] },
        ],
      },
    ],
    [{ adminApiKey: SMALL.apiKey }, { apiKeys: [{ key: SMALL.apiKey, scopes: ['diagnostics', 'admin'] }] }],
    [{ adminApiKey: ' ' }, { apiKeys: [{ key: SMALL.apiKey }] }],
    [{ proxyUrl: 'socks5://127.0.0.1:1080' }, { upstream: { proxyUrl: 'socks5://127.0.0.1:1080' } }],
    [{ countTokensApiUrl: 'https://count.example' }, { tokenCounting: { url: 'https://count.example' } }],
    [
      { countTokensApiUrl: 'https://count.example', countTokensApiKey: 'k', countTokensAuthType: 'bearer' },
      { tokenCounting: { url: 'https://count.example', apiKey: 'k', authType: 'bearer' } },
    ],
    [
      { proxyUrl: 'http://127.0.0.1:7890', proxyUsername: 'user', proxyPassword: 'p@ss' },
      { upstream: { proxyUrl: 'http://user:p%40ss@127.0.0.1:7890/' } },
    ],
  ])('takes %j over', async (members, expected) => {
    expect(await configurationOf({ ...SMALL, ...members })).toMatchObject(expected);
  });

  it.each([
    ['authRegion', 'eu-west-1', { authRegion: 'eu-west-1' }],
    ['apiRegion', 'eu-central-1', { apiRegion: 'eu-central-1' }],
    ['kiroVersion', '0.9.2', { kiroVersion: '0.9.2' }],
    ['nodeVersion', '22.21.1', { nodeVersion: '22.21.1' }],
    ['systemVersion', 'darwin#24.6.0', { systemVersion: 'darwin#24.6.0' }],
    ['machineId', 'ab'.repeat(32), { machineId: 'ab'.repeat(32) }],
    ['thinkingSuffix', '', { thinkingSuffix: '' }],
    ['thinkingFormat', 'think', { thinkingFormat: 'think' }],
    ['maxRequestBodyBytes', 0, { maxRequestBodyBytes: 0 }],
    ['defaultEndpoint', 'cli', { endpoint: 'cli' }],
    ['extractThinking', false, { reasoning: { handling: 'pass' } }],
  ])('takes %s over into the account', async (name, member, expected) => {
    const { accounts } = await configurationOf({ ...SMALL, [name]: member });

    expect(accounts[0]?.settings).toMatchObject(expected);
  });

  it.each([
    ['blank', ''],
    ['null', null],
    ['the default', true],
  ])('says nothing of a member that is %s', async (_name, extractThinking) => {
    const { accounts } = await configurationOf({ ...SMALL, extractThinking, machineId: '  ' });

    expect(Object.keys(accounts[0]?.settings ?? {})).toEqual(['credentialsFile', 'region']);
  });

  it('lets the environment win', async () => {
    const { server } = await configurationOf({ ...SMALL, port: 8990 }, { env: { SLUICE_PORT: '1234' } });

    expect(server.port).toBe(1234);
  });

  describe('warnings', () => {
    it.each([
      [{ tlsBackend: 'rustls' }, []],
      [{ tlsBackend: 'native-tls' }, [/^config\.json:4:3: tlsBackend has no effect/]],
      [{ thinkingSufix: '-t' }, [/^config\.json:4:3: thinkingSufix is no member .* Did you mean thinkingSuffix\?$/]],
    ])('of %j', async (members, expected) => {
      expect(await linesOf({ ...SMALL, ...members })).toEqual(expected.map((line) => expect.stringMatching(line)));
    });
  });

  describe('problems', () => {
    it.each([
      ['no key', { region: 'us-east-1' }, /^config\.json: apiKey is missing\. Add it/],
      [
        'a mode that kiro-rs does not know',
        { ...SMALL, loadBalancingMode: 'random' },
        /^config\.json:4:3: loadBalancingMode is none .* Allowed: priority, balanced\.$/,
      ],
      ['a port that is none', { ...SMALL, port: 80_000 }, /^config\.json:4:3: port is too large \(80000\)/],
      [
        'a region that is none',
        { apiKey: 'k', region: 'moon' },
        /^config\.json:3:3: region does not have the right form/,
      ],
      ['a flag that is none', { ...SMALL, extractThinking: 'no' }, /^config\.json:4:3: extractThinking is neither/],
      ['a proxy that is none', { ...SMALL, proxyUrl: 'ftp://proxy' }, /^config\.json:4:3: proxyUrl /],
    ])('names the place of %s', async (_name, config, line) => {
      expect(await linesOf(config)).toEqual([expect.stringMatching(line)]);
    });

    it('refuses a file of logins for a configuration of ours', async () => {
      const outcome = await load('server: { allowUnauthenticated: true }', { credentialsFile: 'credentials.json' });

      expect(outcome).toMatchObject({ ok: false, problems: [{ file: 'command line', path: '--credentials' }] });
    });
  });

  describe('as sluice.yaml', () => {
    it('says the same without the secrets', async () => {
      const config = {
        ...SMALL,
        adminApiKey: 'sk-admin',
        proxyUrl: 'http://user:pass@proxy:1',
        machineId: null,
        countTokensApiUrl: 'https://count.example',
        countTokensApiKey: 'k',
      };

      const yaml = kiroRsAsYaml(JSON.stringify(config), '/etc/credentials.json');

      expect(parse(yaml ?? '')).toEqual({
        server: { port: 8080 },
        apiKeys: [
          { name: 'kiro-rs', key: '${SLUICE_KEY}' },
          { name: 'kiro-rs-admin', key: '${SLUICE_ADMIN_KEY}', scopes: ['diagnostics', 'admin'] },
        ],
        accounts: [{ id: 'kiro', provider: 'kiro', credentialsFile: '/etc/credentials.json', region: 'us-east-1' }],
        routing: { strategy: 'priority' },
        upstream: { proxyUrl: '${SLUICE_PROXY_URL}' },
        tokenCounting: { url: 'https://count.example', apiKey: '${SLUICE_COUNT_TOKENS_KEY}' },
      });
    });

    it('can be loaded', async () => {
      const outcome = await load(kiroRsAsYaml(JSON.stringify(SMALL)), { env: { SLUICE_KEY: 'k' } });

      expect(outcome).toMatchObject({ ok: true, warnings: [] });
    });

    it.each([
      ['a configuration of ours', 'server: { port: 1 }\naccounts: []'],
      ['some other JSON', '{"name":"a package"}'],
      ['no JSON', '{'],
      ['a list', '[]'],
    ])('is not made of %s', (_name, other) => {
      expect(kiroRsAsYaml(other)).toBeUndefined();
    });
  });
});

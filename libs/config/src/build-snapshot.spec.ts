import { configurationOf } from './__fixtures__/load-text.js';
import { SAMPLE_PROVIDERS } from './__fixtures__/sample-providers.js';
import { buildSnapshot } from './build-snapshot.js';

const TEXT = `
apiKeys: [{ name: local, key: client-key, scopes: [diagnostics] }]
accounts:
  - id: main
    provider: openai
    apiKey: vendor-key
    headers: { X-Team: search }
    timeouts: { idleMs: 5, totalMs: 6 }
    maxConcurrency: 4
    cooldown: { enabled: false }
  - { id: local, provider: openai-compatible, baseUrl: 'http://127.0.0.1:1/v1', proxyUrl: direct, prefix: l, models: ['llama*'] }
models: [{ alias: fast, targets: [main/gpt] }]
upstream: { proxyUrl: 'http://proxy:3128', timeouts: { connectMs: 7 } }
server: { cors: { origins: ['https://a.example'] }, trustedProxies: ['10.0.0.0/8'] }
retry: { maxAttempts: 2, maxWaitMs: 3, deadlineMs: 4 }
echoModel: true
metrics: { public: true }
`;

describe('buildSnapshot', () => {
  it('declares the accounts as routing and providers need them', async () => {
    const { accounts } = buildSnapshot(await configurationOf(TEXT), SAMPLE_PROVIDERS, 1);

    expect(accounts[0]).toEqual({
      account: {
        id: 'main',
        provider: 'openai',
        settings: { apiKey: 'vendor-key', baseUrl: 'https://api.openai.com/v1', wireApi: 'auto', streamUsage: true },
        headers: { 'x-team': 'search' },
        transport: {
          proxyUrl: 'http://proxy:3128',
          timeouts: { connectMs: 7, firstByteMs: 300_000, idleMs: 5, totalMs: 6 },
        },
      },
      credential: { kind: 'api-key', secret: 'vendor-key' },
      enabled: true,
      models: undefined,
      excludeModels: [],
      prefix: undefined,
      priority: 0,
      weight: 1,
      maxConcurrency: 4,
      cooldownEnabled: false,
      origin: 'file',
    });
    expect(accounts[1]).toMatchObject({
      account: { transport: { proxyUrl: 'direct' } },
      credential: { kind: 'none', secret: '' },
      models: ['llama*'],
      prefix: 'l',
    });
  });

  it('carries keys, aliases and the settings of requests', async () => {
    const snapshot = buildSnapshot(await configurationOf(TEXT), SAMPLE_PROVIDERS, 7);

    expect(snapshot).toMatchObject({
      revision: 7,
      apiKeys: [{ name: 'local', key: 'client-key', models: undefined, scopes: ['diagnostics'] }],
      models: [{ alias: 'fast', targets: ['main/gpt'] }],
      settings: {
        allowUnauthenticated: false,
        maxBodyBytes: 33_554_432,
        bodyTimeoutMs: 120_000,
        corsOrigins: ['https://a.example'],
        trustedProxies: ['10.0.0.0/8'],
        retry: { maxAttempts: 2, maxWaitMs: 3, deadlineMs: 4 },
        echoModel: true,
        metricsPublic: true,
      },
    });
  });

  it('carries how accounts are chosen, with what is not said filled in', async () => {
    const text = `
routing: { strategy: balanced, providers: { openai: fill-first }, circuitBreaker: { failures: 3 } }
apiKeys: [{ name: alice, key: k, providerOrder: [openai] }]
accounts: [{ id: hers, provider: openai, apiKey: k, owner: alice }]
`;

    const { settings, accounts, apiKeys } = buildSnapshot(await configurationOf(text), SAMPLE_PROVIDERS, 1);

    expect(settings.routing).toEqual({
      strategy: 'balanced',
      providers: { openai: 'fill-first' },
      sessionAffinity: false,
      sessionTtlMs: 3_600_000,
      forceModelPrefix: false,
      circuitBreaker: { enabled: true, failures: 3, openMs: 30_000 },
      retryBudget: { percent: 20, minPerSecond: 10 },
    });
    expect(accounts[0]?.owner).toBe('key:alice');
    expect(apiKeys[0]?.providerOrder).toEqual(['openai']);
  });

  it.each([
    ['[m1, m2]', undefined],
    ['[m1, { target: m2, weight: 3 }]', [1, 3]],
  ])('reads the targets %s as a split by %j', async (targets, weights) => {
    const text = `server: { allowUnauthenticated: true }\nmodels: [{ alias: fast, targets: ${targets}, strategy: priority }]`;

    const [alias] = buildSnapshot(await configurationOf(text), SAMPLE_PROVIDERS, 1).models;

    expect(alias).toMatchObject({ targets: ['m1', 'm2'], strategy: 'priority' });
    expect(alias?.weights).toEqual(weights);
  });

  it('leaves the proxy out where nobody names one', async () => {
    const text = 'server: { allowUnauthenticated: true }\naccounts: [{ id: a, provider: openai, apiKey: k }]';

    const [declaration] = buildSnapshot(await configurationOf(text), SAMPLE_PROVIDERS, 1).accounts;

    expect(declaration?.account.transport).not.toHaveProperty('proxyUrl');
  });

  it('gives a snapshot that nobody can change', async () => {
    const snapshot = buildSnapshot(await configurationOf(TEXT), SAMPLE_PROVIDERS, 1);

    expect(Object.isFrozen(snapshot.accounts)).toBe(true);
    expect(Object.isFrozen(snapshot.accounts[0]?.account.transport.timeouts)).toBe(true);
  });

  it('refuses a configuration of other providers', async () => {
    const configuration = await configurationOf(TEXT);

    expect(() => buildSnapshot(configuration, [], 1)).toThrow('openai');
  });
});

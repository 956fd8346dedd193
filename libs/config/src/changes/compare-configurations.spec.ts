import { configurationOf } from '../__fixtures__/load-text.js';
import { compareConfigurations } from './compare-configurations.js';

const KEYS = 'apiKeys: [{ name: me, key: a-key-that-is-secret }]\n';
const NONE = { added: [], removed: [], changed: [] };

async function compare(earlier: string, later: string) {
  return compareConfigurations(await configurationOf(KEYS + earlier), await configurationOf(KEYS + later));
}

describe('compareConfigurations', () => {
  it('finds nothing between two that say the same in other words', async () => {
    expect(await compare('server: { port: 8000 }', 'server: { maxBodyBytes: 32MiB }')).toEqual({
      accounts: NONE,
      models: NONE,
      apiKeys: NONE,
      settings: [],
      restart: [],
    });
  });

  it('names what came, went and changed in each list', async () => {
    const changes = await compare(
      'accounts: [{ id: a, provider: openai, apiKey: k }, { id: b, provider: openai, apiKey: k }]\nmodels: [{ alias: fast, targets: [a/x] }]',
      'accounts: [{ id: b, provider: openai, apiKey: k2 }, { id: c, provider: openai, apiKey: k }]\nmodels: [{ alias: slow, targets: [b/x] }]',
    );

    expect(changes.accounts).toEqual({ added: ['c'], removed: ['a'], changed: ['b'] });
    expect(changes.models).toEqual({ added: ['slow'], removed: ['fast'], changed: [] });
    expect(JSON.stringify(changes)).not.toContain('k2');
  });

  it('tells settings that are in force at once from those that wait', async () => {
    const changes = await compare('', 'server: { port: 1, drainTimeoutMs: 5, cors: { origins: [] } }\nechoModel: true');

    expect(changes.settings).toEqual(['server.cors.origins', 'server.drainTimeoutMs', 'echoModel']);
    expect(changes.restart).toEqual(['server.port']);
  });
});

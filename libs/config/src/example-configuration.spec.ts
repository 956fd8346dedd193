import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { configurationOf } from './__fixtures__/load-text.js';
import { SAMPLE_PROVIDERS } from './__fixtures__/sample-providers.js';
import { describeConfiguration } from './declaration/describe-configuration.js';
import { isMapping } from './path.js';

const EXAMPLE = fileURLToPath(new URL('../../../sluice.example.yaml', import.meta.url));
const ENV = { SLUICE_KEY: 'k1', OPENAI_API_KEY: 'k2', ANTHROPIC_API_KEY: 'k3' };

const readExample = () => readFile(EXAMPLE, 'utf8');
/** The example with every setting at rest (`#port: 8000`) brought to life. */
const readWholeExample = async () => (await readExample()).replaceAll(/^( *)#(?=[a-z])/gm, '$1');

/** `accounts[].baseUrl` of every value that is no mapping and no list of mappings; `openai` in front for an account's members. */
function pathsIn(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value) && value.some(isMapping)) return value.flatMap((item) => pathsIn(item, `${path}[]`));
  if (!isMapping(value) || path.endsWith('.headers')) return [path];
  return Object.entries(value).flatMap(([name, member]) => pathsIn(member, path === '' ? name : `${path}.${name}`));
}

describe('sluice.example.yaml', () => {
  it('is valid once its variables are set', async () => {
    const configuration = await configurationOf(await readExample(), { env: ENV });

    expect(configuration.accounts.map(({ id }) => id)).toEqual(['openai-main', 'claude', 'local-llm']);
    expect(configuration.models[0]?.alias).toBe('fast');
  });

  it('is valid with every setting brought to life', async () => {
    const text = await readWholeExample();

    await expect(configurationOf(text, { env: { ...ENV, LOCAL_LLM_KEY: 'k4' } })).resolves.toBeDefined();
  });

  it('shows every setting that there is', async () => {
    const shown = new Set(pathsIn(parse(await readWholeExample()), ''));

    const hidden = describeConfiguration(SAMPLE_PROVIDERS).filter(({ path }) => !shown.has(path));

    expect(hidden).toEqual([]);
  });

  it.each(SAMPLE_PROVIDERS.map((provider) => [provider.id, provider] as const))(
    'shows every member of %s accounts',
    async (id, provider) => {
      const { accounts } = parse(await readWholeExample()) as {
        accounts: readonly Readonly<Record<string, unknown>>[];
      };

      const account = accounts.find((entry) => entry.provider === id);

      expect(Object.keys(account ?? {})).toEqual(expect.arrayContaining(Object.keys(provider.settings.shape)));
    },
  );

  it('gives settings at rest their defaults', async () => {
    const live = await configurationOf(await readExample(), { env: ENV });
    const whole = await configurationOf(await readWholeExample(), { env: { ...ENV, LOCAL_LLM_KEY: 'k4' } });

    expect(whole.retry).toEqual(live.retry);
    expect(whole.upstream.timeouts).toEqual(live.upstream.timeouts);
    expect(whole.server.maxBodyBytes).toBe(live.server.maxBodyBytes);
    expect(whole.server.drainTimeoutMs).toBe(live.server.drainTimeoutMs);
  });
});

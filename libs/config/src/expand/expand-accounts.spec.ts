import type { AccountExpansion, ProviderDescriptor } from '@sluice/provider-kit';
import { z } from 'zod';
import { loadConfiguration } from '../load-configuration.js';
import { formatProblem } from '../problem.js';

const OPEN = 'server: { allowUnauthenticated: true }\n';

function providerThat(expandAccount?: ProviderDescriptor['expandAccount']): ProviderDescriptor {
  const descriptor: ProviderDescriptor = {
    id: 'vault',
    displayName: 'Vault',
    credentials: ['oauth'],
    settings: z.strictObject({ file: z.string() }),
    ...(expandAccount === undefined ? {} : { expandAccount }),
  };
  return descriptor;
}

function load(text: string, expandAccount?: ProviderDescriptor['expandAccount'], file = '/etc/sluice/sluice.yaml') {
  return loadConfiguration({
    file,
    env: {},
    providers: [providerThat(expandAccount)],
    readFile: async (path) => (path === file ? OPEN + text : undefined),
  });
}

async function accountsOf(text: string, expansion: AccountExpansion | undefined) {
  const outcome = await load(text, async () => expansion);
  if (!outcome.ok) throw new Error(outcome.problems.map(formatProblem).join('\n'));
  return { accounts: outcome.configuration.accounts, warnings: outcome.warnings.map(formatProblem) };
}

const TWO: AccountExpansion = {
  accounts: [
    { suffix: '#1', settings: { seed: '1' } },
    { suffix: '#2', settings: { seed: '2' }, isDisabled: true, priority: 3, proxyUrl: 'direct' },
  ],
  warnings: [],
};

describe('accounts that stand for several', () => {
  it('are put in the place of the declared one', async () => {
    const { accounts } = await accountsOf(
      'accounts: [{ id: a, provider: vault, file: f, priority: 1, models: [m] }]',
      TWO,
    );

    expect(accounts).toMatchObject([
      { id: 'a#1', settings: { seed: '1' }, enabled: true, priority: 1, models: ['m'], prefix: 'a' },
      {
        id: 'a#2',
        settings: { seed: '2' },
        enabled: false,
        priority: 4,
        models: ['m'],
        prefix: 'a',
        proxyUrl: 'direct',
      },
    ]);
    expect(accounts[0]?.proxyUrl).toBeUndefined();
  });

  it('keep the prefix that was declared', async () => {
    const { accounts } = await accountsOf('accounts: [{ id: a, provider: vault, file: f, prefix: p }]', TWO);

    expect(accounts.map(({ prefix }) => prefix)).toEqual(['p', 'p']);
  });

  it('stay switched off where the declared one is', async () => {
    const { accounts } = await accountsOf('accounts: [{ id: a, provider: vault, file: f, enabled: false }]', TWO);

    expect(accounts.map(({ enabled }) => enabled)).toEqual([false, false]);
  });

  it('are no trouble where the declared one is switched off', async () => {
    const text = 'accounts: [{ id: a, provider: vault, file: f, enabled: false }]';

    const unreadable = await load(text, () => Promise.reject(new Error('f.json is not JSON.')));
    const { warnings } = await accountsOf(text, { ...TWO, warnings: ['f.json: [0] is strange.'] });

    expect(unreadable).toMatchObject({ ok: true, configuration: { accounts: [{ id: 'a', enabled: false }] } });
    expect(warnings).toEqual([]);
  });

  it('may be the same account with other settings', async () => {
    const one = { accounts: [{ suffix: '', settings: { seed: '1' } }], warnings: [] };
    const { accounts } = await accountsOf('accounts: [{ id: a, provider: vault, file: f }]', one);

    expect(accounts).toMatchObject([{ id: 'a', settings: { seed: '1' }, prefix: undefined }]);
  });

  it('are the declared one where the provider says nothing', async () => {
    const { accounts } = await accountsOf('accounts: [{ id: a, provider: vault, file: f }]', undefined);

    expect(accounts).toMatchObject([{ id: 'a', settings: { file: 'f' } }]);
  });

  it('bring their warnings, with the place of the declaration', async () => {
    const { warnings } = await accountsOf('accounts:\n  - { id: a, provider: vault, file: f }', {
      ...TWO,
      warnings: ['f.json: [0] is strange.'],
    });

    expect(warnings).toEqual([
      expect.stringMatching(/^\/etc\/sluice\/sluice\.yaml:3:\d+: accounts\[0\] reads f\.json: \[0\] is strange\.$/),
    ]);
  });

  it('refuse the configuration with what the provider throws', async () => {
    const outcome = await load('accounts: [{ id: a, provider: vault, file: f }]', () =>
      Promise.reject(new Error('f.json is not JSON.')),
    );

    expect(outcome).toMatchObject({
      ok: false,
      problems: [{ path: 'accounts[0]', message: 'reads f.json is not JSON' }],
    });
  });

  it('are found from the folder of the configuration', async () => {
    const folders: string[] = [];

    await load('accounts: [{ id: a, provider: vault, file: f }]', async (settings, folder) => {
      folders.push(`${folder} ${String(settings['file'])}`);
      return undefined;
    });

    expect(folders).toEqual(['/etc/sluice f']);
  });
});

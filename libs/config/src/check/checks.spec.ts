import { configurationOf, linesOf } from '../__fixtures__/load-text.js';

const OPEN = 'server: { allowUnauthenticated: true }\n';
const ACCOUNT = '{ id: main, provider: openai, apiKey: k, prefix: work }';
const accounts = (...list: readonly string[]): string => `${OPEN}accounts: [${list.join(', ')}]\n`;

/** The lines without the file and the position in front of them. */
async function messagesOf(text: string): Promise<readonly string[]> {
  return (await linesOf(text)).map((line) => line.replace(/^sluice\.yaml(:\d+)*: /, ''));
}

describe('checkAccounts', () => {
  it('lists the providers for an unknown one', async () => {
    expect(await messagesOf(accounts('{ id: a, provider: antropic, apiKey: k }'))).toEqual([
      'accounts[0].provider is "antropic", which is not a provider. Did you mean anthropic? Allowed: openai, openai-compatible, anthropic.',
    ]);
  });

  it('says whose member it is when another provider has it', async () => {
    const [line] = await messagesOf(accounts('{ id: a, provider: anthropic, apiKey: k, wireApi: chat }'));

    expect(line).toContain('accounts[0].wireApi is not a setting of anthropic accounts.');
    expect(line).toContain('Accounts of openai, openai-compatible have it.');
  });

  it('tells what a missing member is for', async () => {
    expect(await messagesOf(accounts('{ id: a, provider: anthropic }'))).toEqual([
      'accounts[0].apiKey is missing. The key that the vendor gave you. Allowed: text.',
    ]);
  });

  it('does not ask for a member that is only misspelt', async () => {
    const lines = await messagesOf(accounts('{ id: a, provider: anthropic, api_key: k }'));

    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('Did you mean apiKey?');
  });

  it('checks the members that all accounts have', async () => {
    const lines = await messagesOf(
      accounts(
        "{ id: 'a b', provider: openai, apiKey: 5, prefix: x/y, proxyUrl: 'ftp://h', timeouts: { connect: 1 } }",
      ),
    );

    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      'accounts[0].id',
      'accounts[0].apiKey',
      'accounts[0].prefix',
      'accounts[0].proxyUrl',
      'accounts[0].timeouts.connect',
    ]);
  });

  it("names a bad baseUrl in the provider's words", async () => {
    expect(await messagesOf(accounts('{ id: a, provider: openai-compatible, baseUrl: localhost:11434/v1 }'))).toEqual([
      'accounts[0].baseUrl must be an http or https URL without user name, query or fragment.',
    ]);
  });
});

describe('unknown members', () => {
  it.each([
    ['port: 1', 'Move it to server.port.'],
    ['proxy-url: x', 'Move it to upstream.proxyUrl.'],
    ['timeouts: {}', 'Move it to upstream.timeouts.'],
    ['retries: 3', 'Did you mean retry?'],
  ])('at the root are sent where they belong: %s', async (text, fix) => {
    expect((await messagesOf(OPEN + text))[0]).toContain(fix);
  });
});

describe('checkReferences', () => {
  it.each([
    [accounts(ACCOUNT, ACCOUNT), 'accounts[1].id is the same as accounts[0].id'],
    [
      `${OPEN}models: [{ alias: a, targets: [x] }, { alias: a, targets: [y] }]`,
      'models[1].alias is the same as models[0].alias',
    ],
    ['apiKeys: [{ name: a, key: x }, { name: a, key: y }]', 'apiKeys[1].name is the same as apiKeys[0].name'],
    ['apiKeys: [{ name: a, key: x }, { name: b, key: x }]', 'apiKeys[1].key is the same as apiKeys[0].key'],
  ])('refuses what is declared twice', async (text, message) => {
    const lines = await messagesOf(text);

    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(message);
  });

  it.each(['main/gpt-4o', 'work/gpt-4o', 'openai/gpt-4o', 'gpt-4o'])('lets %s be a target', async (target) => {
    const text = `${accounts(ACCOUNT)}models: [{ alias: fast, targets: ['${target}'] }]`;

    expect((await configurationOf(text)).models).toEqual([{ alias: 'fast', targets: [target] }]);
  });

  it('refuses a target whose account does not exist, and names the nearest', async () => {
    expect(await messagesOf(`${accounts(ACCOUNT)}models: [{ alias: fast, targets: ['mian/gpt-4o'] }]`)).toEqual([
      'models[0].targets[0] is "mian/gpt-4o", and no account has that id, prefix or provider before the /. Did you mean main? Allowed: main/<model>.',
    ]);
  });

  it('refuses such a target with a weight too', async () => {
    const target = '{ target: mian/gpt-4o, weight: 2 }';

    expect((await messagesOf(`${accounts(ACCOUNT)}models: [{ alias: fast, targets: [${target}] }]`))[0]).toContain(
      'models[0].targets[0].target is "mian/gpt-4o", and no account has that id',
    );
  });

  it('refuses an owner that is no client key', async () => {
    const text = `apiKeys: [{ name: alice, key: x }]\naccounts: [{ id: a, provider: openai, apiKey: k, owner: alise }]`;

    expect(await messagesOf(text)).toEqual([
      'accounts[0].owner is "alise", which is not the name of a client key. Did you mean alice? Allowed: alice.',
    ]);
  });

  it.each(['meta-llama/llama-3', 'meta-llama/*', '*'])(
    "lets a vendor's id with a slash through that an account lists as %s",
    async (glob) => {
      const account = `{ id: main, provider: openai, apiKey: k, models: ['${glob}'] }`;

      expect(await messagesOf(`${accounts(account)}models: [{ alias: fast, targets: [meta-llama/llama-3] }]`)).toEqual(
        [],
      );
    },
  );
});

import { readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anthropicClient, FORMAT_CLIENTS, type FormatClient } from './harness/format-client.js';
import { refusalOf } from './harness/seen-error.js';
import { startFileGateway, type FileGateway, type FileGatewayOptions } from './harness/start-file-gateway.js';
import { kiroAccount, KIRO_MODEL } from './kiro/kiro-account.js';
import { account, CLIENT_KEY, singleAccounts, VENDOR_KEY } from './harness/test-configuration.js';

const client = FORMAT_CLIENTS[0] as FormatClient; // there are two

interface ReadyBody {
  readonly status: string;
  readonly last_reload_error?: { readonly problems: number };
}

describe('a configuration file that changes while the gateway runs', () => {
  let test: FileGateway;

  async function start(options?: FileGatewayOptions): Promise<FileGateway> {
    test = await startFileGateway(options);
    return test;
  }

  afterEach(() => test.stop());

  const ready = async (): Promise<ReadyBody> => (await (await fetch(`${test.url}/ready`)).json()) as ReadyBody;
  const metrics = async (): Promise<string> => (await fetch(`${test.url}/metrics`)).text();
  const isServed = (): Promise<boolean> =>
    client.ask(test.url).then(
      () => true,
      () => false,
    );
  const withoutKeys = { apiKeys: [{ name: 'other', key: 'another-secret-of-the-suite' }] };

  describe('is taken over', () => {
    it('when it is saved, for the next request', async () => {
      await start();
      expect(await isServed()).toBe(true);

      await test.save(withoutKeys);

      expect(await test.nextReport(0)).toMatchObject({
        trigger: 'file',
        outcome: 'applied',
        changes: {
          accounts: { added: [], removed: [], changed: [] },
          apiKeys: { added: ['other'], removed: ['app', 'operator'], changed: [] },
        },
      });
      expect(await isServed()).toBe(false);
    });

    it('each time when it is replaced by another file', async () => {
      await start();

      await test.replace({ echoModel: true });
      const first = await test.nextReport(0);
      await test.replace({ echoModel: false, models: [{ alias: 'fast', targets: ['chat/gpt-test'] }] });
      const second = await test.nextReport(1);

      expect(first.changes).toMatchObject({ settings: ['echoModel'], models: { added: [] } });
      expect(second.changes).toMatchObject({ settings: ['echoModel'], models: { added: ['fast'] } });
    });

    it('when a link on the way to it is turned, as Kubernetes does', async () => {
      await start();
      const text = await readFile(test.file, 'utf8');
      await writeFile(join(test.folder, 'first.json'), text);
      await symlink('first.json', join(test.folder, '..data'));
      await symlink('..data', `${test.file}.link`);
      await rename(`${test.file}.link`, test.file);
      await test.nextLook();

      await writeFile(join(test.folder, 'second.json'), text.replace('"app"', '"renamed"'));
      await symlink('second.json', join(test.folder, '..data.new'));
      await rename(join(test.folder, '..data.new'), join(test.folder, '..data'));

      expect((await test.nextReport(0)).changes?.apiKeys).toEqual({
        added: ['renamed'],
        removed: ['app'],
        changed: [],
      });
    });

    it('once, with what was saved last, when it is saved twice in a row', async () => {
      await start();

      await test.save({ echoModel: true });
      await test.save({ metrics: { public: true } });
      await test.nextReport(0);
      await test.save();
      await test.nextReport(1);

      expect(test.reports.map(({ changes }) => changes?.settings)).toEqual([['metrics.public'], ['metrics.public']]);
    });

    it('together with the .env file beside it', async () => {
      await start({
        files: { '.env': `THE_KEY=${CLIENT_KEY}\n` },
        sections: () => ({ apiKeys: [{ name: 'app', key: '${THE_KEY}' }] }),
      });
      expect(await isServed()).toBe(true);

      await writeFile(join(test.folder, '.env'), 'THE_KEY=another-secret-of-the-suite\n');

      expect((await test.nextReport(0)).changes?.apiKeys.changed).toEqual(['app']);
      expect(await isServed()).toBe(false);
    });

    it('beneath the flags and the environment, which still count', async () => {
      await start({ env: { SLUICE_LOG_LEVEL: 'info' }, flags: { host: '127.0.0.1' } });

      await test.save({ server: { host: '0.0.0.0', port: 1 }, echoModel: true });

      expect(await test.nextReport(0)).toMatchObject({ changes: { settings: ['echoModel'] }, waitingForRestart: [] });
      expect(test.serving.gateway.reloader.current.boot).toMatchObject({ host: '127.0.0.1', port: 0 });
    });

    it('except for what needs a restart, which is said', async () => {
      await start();

      await test.save({ redis: { url: 'redis://127.0.0.1:1' }, echoModel: true });

      expect(await test.nextReport(0)).toMatchObject({
        changes: { settings: ['echoModel'], restart: ['redis.url'] },
        waitingForRestart: ['redis.url'],
      });
      expect(test.logged('settings that wait for a restart')).toMatchObject([{ settings: ['redis.url'] }]);
    });

    it('with the level of the log', async () => {
      await start({ flags: { logLevel: undefined } });
      const { logger } = test.serving.gateway;
      logger.debug('unheard');

      await test.save({ logging: { level: 'debug' } });
      await test.nextReport(0);
      logger.debug('heard');

      expect(test.logged('unheard')).toEqual([]);
      expect(test.logged('heard')).toHaveLength(1);
    });
  });

  describe('is left alone', () => {
    it.each([
      ['touched', async () => utimes(test.file, new Date(0), new Date(0))],
      ['saved without a change', async () => writeFile(test.file, await readFile(test.file))],
    ])('when it is only %s', async (_name, act) => {
      await start();

      const looked = test.nextLook();
      await act();
      await looked;
      await test.serving.gateway.reloader.reload('api'); // comes after any other

      expect(test.reports.map(({ trigger }) => trigger)).toEqual(['api']);
    });

    it('while an editor has emptied it', async () => {
      await start();

      const looked = test.nextLook();
      await writeFile(test.file, '');
      await looked;
      await test.save({ echoModel: true });

      expect(await test.nextReport(0)).toMatchObject({ outcome: 'applied', changes: { settings: ['echoModel'] } });
      expect(test.reports).toHaveLength(1);
    });
  });

  describe('is refused as a whole', () => {
    it('when it is broken: the old one serves, and the mistake is seen everywhere', async () => {
      await start();
      expect(await ready()).toEqual({ status: 'ready' });

      await writeFile(test.file, '{ "apiKeys": [');
      const report = await test.nextReport(0);

      expect(report).toMatchObject({ outcome: 'refused', changes: undefined });
      expect(report.problems[0]).toMatch(/sluice\.json:1:\d+: /);
      expect(await isServed()).toBe(true);
      expect(await ready()).toMatchObject({ status: 'ready', last_reload_error: { problems: 1 } });
      expect(await metrics()).toMatch(/sluice_config_last_reload_successful 0\n/);
      expect(test.logged('the new configuration is refused; the one before it stays in force')).toMatchObject([
        { level: 'error', problems: report.problems },
      ]);
    });

    it('until it is mended', async () => {
      await start();
      await writeFile(test.file, 'broken: [');
      await test.nextReport(0);

      await test.save(withoutKeys);
      await test.nextReport(1);

      expect(await isServed()).toBe(false);
      expect(await ready()).toEqual({ status: 'ready' });
      expect(await metrics()).toMatch(/sluice_config_reloads_total\{outcome="refused"\} 1\n/);
      expect(await metrics()).toMatch(/sluice_config_last_reload_successful 1\n/);
    });

    it('when it has no keys any more: the gate stays shut', async () => {
      await start();

      await test.save({ apiKeys: [] });

      expect((await test.nextReport(0)).problems[0]).toMatch(/apiKeys has no key, so nobody could use the gateway/);
      expect((await fetch(`${test.url}/v1/models`)).status).toBe(401);
    });

    it('for each of its mistakes, without a secret', async () => {
      await start();

      await test.save({ accounts: [{ id: 'a', provider: 'opnai', apiKey: VENDOR_KEY }], ecoModel: true });

      const { problems } = await test.nextReport(0);
      expect(problems).toHaveLength(2);
      expect(problems.join()).toMatch(/Did you mean openai\?[^]*Did you mean echoModel\?/);
      expect(problems.join()).not.toContain(VENDOR_KEY);
    });
  });

  it('may open the gate when it says so, and that is logged loudly', async () => {
    await start();

    await test.save({ apiKeys: [], server: { allowUnauthenticated: true } });
    await test.nextReport(0);

    expect((await fetch(`${test.url}/v1/models`)).status).toBe(200);
    const [line] = test.logged(
      'authentication is off: server.allowUnauthenticated is true, and nobody is asked for a key',
    );
    expect(line).toMatchObject({ level: 'warn' });
  });

  describe('leaves what runs alone', () => {
    it('a stream goes on whose account is taken away', async () => {
      await start();
      test.vendor.next({ text: 'one two three', chunkDelayMs: 300 });
      let saved: Promise<void> | undefined;

      const read = await client.stream(test.url, { onText: () => (saved ??= test.save({ accounts: [] })) });

      expect(test.reports).toMatchObject([
        { outcome: 'applied', changes: { accounts: { removed: ['chat', 'claude'] } } },
      ]);
      expect(read).toEqual({ text: 'one two three', error: undefined });
      expect((await refusalOf(client.ask(test.url))).error).toMatchObject({ status: 404 });
    });

    const cooling = () => [account(client.format, test.vendor.url, { cooldown: { enabled: true } })];

    it('an account goes on cooling down; one that was taken away and put back starts afresh', async () => {
      await start();
      await test.save({ accounts: cooling() });
      await test.nextReport(0);
      test.vendor.next({ status: 429, retryAfter: '60' });
      await refusalOf(client.ask(test.url));

      await test.save({ accounts: cooling(), echoModel: true });
      await test.nextReport(1);
      expect((await refusalOf(client.ask(test.url))).error).toMatchObject({ code: 'model_cooldown' });

      await test.save({ accounts: [] });
      await test.nextReport(2);
      await test.save({ accounts: cooling() });
      await test.nextReport(3);
      expect(await isServed()).toBe(true);
    });

    it('an account that was taken away in the middle of a call starts afresh too', async () => {
      await start();
      await test.save({ accounts: cooling() });
      await test.nextReport(0);
      test.vendor.script([
        { text: 'slow', delayMs: 3_000 },
        { status: 429, retryAfter: '60' },
      ]);
      const slow = client.ask(test.url);
      await test.vendor.waitUntil(() => test.vendor.activeRequests === 1);
      await refusalOf(client.ask(test.url));

      await test.save({ accounts: [] });
      await test.nextReport(1);
      await test.save({ accounts: cooling() });
      await test.nextReport(2);

      expect(await isServed()).toBe(true);
      expect(await slow).toBe('slow');
    });
  });

  it('is read again on demand, changed or not, one reload after the other', async () => {
    await start();
    const { reloader } = test.serving.gateway;

    const [first, second] = await Promise.all([reloader.reload('signal'), reloader.reload('api')]);

    expect([first, second]).toMatchObject([
      { trigger: 'signal', outcome: 'applied', changes: { settings: [], restart: [] } },
      { trigger: 'api', outcome: 'applied' },
    ]);
    expect(test.serving.gateway.reloader.lastReport).toBe(second);
  });

  it('tells which accounts came, went and changed', async () => {
    await start();
    const [chat, claude] = singleAccounts(test.vendor.url);

    await test.save({
      accounts: [
        { ...chat, weight: 2 },
        { ...claude, id: 'claude-2' },
      ],
    });

    expect((await test.nextReport(0)).changes?.accounts).toEqual({
      added: ['claude-2'],
      removed: ['claude'],
      changed: ['chat'],
    });
  });

  describe('names a file of logins', () => {
    const LOGIN = { refreshToken: `aorAAAAAG${'x'.repeat(120)}`, authMethod: 'social' };
    const withLogins = (...entries: readonly object[]): FileGatewayOptions => ({
      files: { 'credentials.json': JSON.stringify(entries) },
      sections: (_folder, vendor) => {
        const members = Object.entries(kiroAccount(vendor.url, { credentialsFile: 'credentials.json' }));
        return { accounts: [Object.fromEntries(members.filter(([name]) => name !== 'apiKey'))] };
      },
    });
    const logins = (): string => join(test.folder, 'credentials.json');

    it('that changes: its accounts come and go', async () => {
      await start(withLogins({ ...LOGIN, id: 1 }));

      const two = [
        { ...LOGIN, id: 1 },
        { kiroApiKey: 'ksk_1', id: 2 },
      ];
      await writeFile(logins(), JSON.stringify(two));

      expect((await test.nextReport(0)).changes?.accounts).toEqual({ added: ['kiro#2'], removed: [], changed: [] });
    });

    it('that is broken when it is first named, and mended then', async () => {
      await start({ files: { 'credentials.json': 'broken' } });
      const named = kiroAccount(test.vendor.url, { credentialsFile: 'credentials.json' });
      const members = Object.entries(named).filter(([name]) => name !== 'apiKey');
      await test.save({ accounts: [Object.fromEntries(members)] });
      expect((await test.nextReport(0)).problems.join()).toMatch(/accounts\[0\] reads .*credentials\.json/);

      await writeFile(logins(), JSON.stringify([{ ...LOGIN, id: 1 }]));

      expect(await test.nextReport(1)).toMatchObject({
        outcome: 'applied',
        changes: { accounts: { added: ['kiro#1'] } },
      });
      expect(test.reports).toHaveLength(2);
    });

    it('that the gateway writes a renewed login into: it knows it already', async () => {
      await start(withLogins({ ...LOGIN, id: 1 }));

      await anthropicClient(test.url).messages.create({
        model: KIRO_MODEL,
        max_tokens: 16,
        messages: [{ role: 'user', content: 'Say it.' }],
      });
      await test.nextLook(logins());
      await test.serving.gateway.reloader.reload('api'); // comes after any other

      expect(await readFile(logins(), 'utf8')).toContain('accessToken');
      expect(test.reports.map(({ trigger }) => trigger)).toEqual(['api']);
    });
  });
});

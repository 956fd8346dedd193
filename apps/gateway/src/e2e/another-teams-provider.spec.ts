import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PLUGIN_MODULES } from '@sluice/distribution';
import { replay, ScriptedVendor } from '@sluice/provider-kit/conformance';
import { loadGatewayConfiguration } from '../load-gateway-configuration.js';
import { startServing } from '../start-serving.js';
import { AcmeProviderModule } from './acme-provider/acme-provider.module.js';
import { ACME_REPLIES } from './acme-provider/acme-replies.js';
import { FORMAT_CLIENTS, type FormatClient } from './harness/format-client.js';
import { refusalOf } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { account, VENDOR_KEY } from './harness/test-configuration.js';

const FOLDER = fileURLToPath(new URL('./acme-provider/', import.meta.url));
const CONTRIBUTING = fileURLToPath(new URL('../../../../CONTRIBUTING.md', import.meta.url));
/** Beside the kit, Nest itself and the package's own files. */
const ALLOWED_IMPORT = /^(?:@sluice\/provider-kit(?:\/conformance)?|@nestjs\/common|\.\/[\w.-]+)$/;

const [client] = FORMAT_CLIENTS.filter(({ format }) => format === 'openai-chat') as [FormatClient];
const MODEL = 'acme-1';

describe('a provider of another team', () => {
  let test: TestGateway;
  let acme: ScriptedVendor;
  beforeAll(async () => {
    acme = await ScriptedVendor.open(replay(ACME_REPLIES.success));
    test = await startTestGateway({ plugins: [...PLUGIN_MODULES, AcmeProviderModule] });
  });
  beforeEach(async () => {
    acme.seen.length = 0;
    acme.answer(replay(ACME_REPLIES.success));
    await test.configure({
      accounts: [
        { id: 'acme-main', provider: 'acme', apiKey: VENDOR_KEY, baseUrl: acme.origin, models: [MODEL] },
        account('openai-chat', test.spare.url, { id: 'spare', models: [MODEL], priority: 1 }),
      ],
    });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(async () => {
    await test.stop();
    await acme.close();
  });

  it('is named when the gateway starts', () => {
    const [line] = test.logged('plug-ins found');

    expect(line?.['providers']).toEqual(expect.arrayContaining(['acme', 'anthropic', 'openai']));
  });

  it('serves a whole answer', async () => {
    await expect(client.ask(test.url, { model: MODEL })).resolves.toBe('Beep.');

    expect(acme.seen).toMatchObject([{ url: '/v1/chat', headers: { authorization: `Bearer ${VENDOR_KEY}` } }]);
    expect(await test.ledger.only()).toMatchObject({ provider: 'acme', usage: { input: 3, output: 1 } });
  });

  it('serves a stream', async () => {
    acme.answer(replay(ACME_REPLIES.stream));

    await expect(client.stream(test.url, { model: MODEL })).resolves.toEqual({ text: 'Beep beep.', error: undefined });
  });

  it('is replaced by a shipped one when it fails', async () => {
    acme.answer(replay(ACME_REPLIES.unauthorized));
    test.spare.next({ text: 'Meep.' });

    await expect(client.ask(test.url, { model: MODEL })).resolves.toBe('Meep.');
    expect(acme.seen).toHaveLength(1);
  });

  it('has its words told', async () => {
    acme.answer(replay(ACME_REPLIES.rateLimited));
    test.spare.next({ status: 429 });
    await test.configure({
      accounts: [{ id: 'acme-only', provider: 'acme', apiKey: VENDOR_KEY, baseUrl: acme.origin, models: [MODEL] }],
    });

    const { error, headers } = await refusalOf(client.ask(test.url, { model: MODEL }));

    expect(error).toMatchObject({ name: 'RateLimitError', status: 429, message: 'Too many beeps.' });
    expect(headers.get('retry-after')).toBe('5');
  });

  it('has its settings checked', async () => {
    const loaded = await loadGatewayConfiguration({
      file: 'sluice.json',
      env: {},
      providers: test.gateway.descriptors,
      readFile: () =>
        Promise.resolve(
          '{"apiKeys":[{"name":"a","key":"bcde"}],"accounts":[{"id":"x","provider":"acme","apikey":"k"}]}',
        ),
    });

    expect(loaded.ok).toBe(false);
    expect(JSON.stringify(loaded)).toMatch(/apikey.+apiKey/);
  });

  it('is configured by the file of a program that lists it', async () => {
    const configuration = {
      server: { allowUnauthenticated: true, port: 0 },
      accounts: [{ id: 'acme-main', provider: 'acme', apiKey: VENDOR_KEY, baseUrl: acme.origin, models: [MODEL] }],
    };
    const problems: string[] = [];

    const serving = await startServing({
      plugins: [...PLUGIN_MODULES, AcmeProviderModule],
      load: { file: 'sluice.json', env: {}, readFile: () => Promise.resolve(JSON.stringify(configuration)) },
      log: { write: () => undefined },
      printProblem: (line) => void problems.push(line),
    });

    expect(problems).toEqual([]);
    await expect(client.ask(serving?.address.url ?? '', { model: MODEL })).resolves.toBe('Beep.');
    await serving?.stop();
  });

  describe('as CONTRIBUTING.md shows it', () => {
    const compact = (code: string): string => code.replace(/\s+/g, '').replace(/,(?=[)\]}])/g, '');
    const guide = readFileSync(CONTRIBUTING, 'utf8');
    const shown = [...guide.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => compact(code));
    const sources = readdirSync(FOLDER).map((file) => readFileSync(`${FOLDER}${file}`, 'utf8'));

    it.each(['class AcmeProvider ', 'class AcmeProviderModule', 'describeProviderConformance({'])(
      'is what is run here: %s',
      (mark) => {
        const code = shown.find((block) => block.includes(compact(mark)));
        const source = sources.find((text) => text.includes(mark) && !text.includes('shown.find'));

        // the suite of the guide spells out the replies that stand in a file of their own here
        const expected = code
          ?.replace('replies:{success,stream,unauthorized,rateLimited,failure}', 'replies:ACME_REPLIES')
          .replace(/^import\{.*?\}from'[^']*';/, '');
        expect(expected).toBeDefined();
        expect(compact(source ?? '')).toContain(expected);
      },
    );

    it('depends on the kit alone', () => {
      const imported = sources.flatMap((text) => [...text.matchAll(/ from '([^']+)'/g)].map(([, name]) => name));

      expect(imported.length).toBeGreaterThan(5);
      expect(imported.filter((name) => !ALLOWED_IMPORT.test(name ?? ''))).toEqual([]);
    });
  });
});

import { FORMAT_CLIENTS } from './harness/format-client.js';
import { refusalOf } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { account, OPERATOR_KEY, singleAccounts } from './harness/test-configuration.js';

describe.each(FORMAT_CLIENTS)('a new configuration ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  beforeEach(() => test.configure());
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const switchOff = (): Promise<void> =>
    test.configure({ accounts: singleAccounts(test.vendor.url, { enabled: false }) });

  it('is in force for the next request, while the stream that runs keeps its own', async () => {
    test.vendor.next({ text: 'one two three', chunkDelayMs: 10 });
    let swapped: Promise<void> | undefined;

    const read = await client.stream(test.url, { onText: () => (swapped ??= switchOff()) });

    await swapped;
    expect(read).toEqual({ text: 'one two three', error: undefined });
    expect((await refusalOf(client.ask(test.url))).error).toMatchObject({ status: 404, code: 'model_not_found' });
  });

  it('lets a waiting request go on with the accounts it began with', async () => {
    test.vendor.next({ text: 'served', delayMs: 30 });
    const text = client.ask(test.url);
    await test.vendor.waitUntil(() => test.vendor.activeRequests === 1);

    await switchOff();

    await expect(text).resolves.toBe('served');
  });

  it('takes keys away at once', async () => {
    await test.configure({ apiKeys: [{ name: 'operator', key: OPERATOR_KEY }] });

    const { error } = await refusalOf(client.ask(test.url));

    expect(error).toMatchObject({ name: 'AuthenticationError', status: 401 });
  });

  it('does not make an account forget that it cools down', async () => {
    const cooling = [account(client.format, test.vendor.url, { id: 'steady', cooldown: { enabled: true } })];
    await test.configure({ accounts: cooling });
    test.vendor.next({ status: 429, retryAfter: '60' });
    await refusalOf(client.ask(test.url));

    await test.configure({ accounts: cooling, echoModel: true });

    expect((await refusalOf(client.ask(test.url))).error).toMatchObject({ code: 'model_cooldown' });
    expect(test.vendor.requests).toHaveLength(1);
  });

  it('starts an account afresh that has a new credential', async () => {
    const declare = (apiKey: string) => [
      account(client.format, test.vendor.url, { id: 'renewed', apiKey, cooldown: { enabled: true } }),
    ];
    await test.configure({ accounts: declare('vendor-secret-that-is-old') });
    test.vendor.next({ status: 401 });
    await refusalOf(client.ask(test.url));

    await test.configure({ accounts: declare('vendor-secret-that-is-new') });

    await expect(client.ask(test.url)).resolves.not.toBe('');
  });
});

import { sendRaw } from '@sluice/testing';
import { FORMAT_CLIENTS } from '../harness/format-client.js';
import { refusalOf } from '../harness/seen-error.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { account, accountsWithSpare, CLIENT_KEY } from '../harness/test-configuration.js';
import { KIRO_MODEL, kiroAccount } from '../kiro/kiro-account.js';

/** Between two pieces of the slow stream, and how many there are: together far longer than any wait that is allowed. */
const PIECE_MS = 60;
const PIECES = 12;
const ALLOWED_SILENCE_MS = 400;

/** Defects of gateways before this one that no other suite shows; each test would fail with the defect. */
describe('the gateway', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const ask = (model: string, members: object = {}) =>
    sendRaw(`${test.url}/v1/chat/completions`, {
      headers: { 'content-type': 'application/json', authorization: `Bearer ${CLIENT_KEY}` },
      body: { model, messages: [{ role: 'user', content: 'Say it.' }], ...members },
    });

  it.each(['', '/', '/v1', '/v1/'])('asks an address that ends in “%s” under its version once', async (ending) => {
    const baseUrl = `${test.vendor.url}${ending}`;
    await test.configure({ accounts: [account('anthropic-messages', '', { baseUrl })] });

    const reply = await ask('claude-test', { max_tokens: 8 });

    expect(reply.status).toBe(200);
    expect(test.vendor.requests.map(({ path }) => path)).toEqual(['/v1/messages']);
  });

  it.each(FORMAT_CLIENTS)('cuts no stream that goes on, however long it takes ($format)', async (client) => {
    const timeouts = { firstByteMs: ALLOWED_SILENCE_MS, idleMs: ALLOWED_SILENCE_MS };
    await test.configure({ accounts: [account(client.format, test.vendor.url, { timeouts })] });
    test.vendor.next({ chunks: PIECES, chunkDelayMs: PIECE_MS });

    const { text, error } = await client.stream(test.url);

    expect(error).toBeUndefined();
    expect(text.endsWith('#000012 ')).toBe(true);
  });

  it.each(FORMAT_CLIENTS)('needs no account of another vendor ($format)', async (client) => {
    await test.configure({
      accounts: [account(client.format, test.vendor.url), { id: 'kiro', provider: 'kiro', authMethod: 'social' }],
    });

    expect(await client.ask(test.url)).not.toBe('');
    expect(test.vendor.requests).toHaveLength(1);
  });

  it('says in the status what a vendor says in its stream before anything else', async () => {
    await test.configure({ accounts: [kiroAccount(test.vendor.url)] });
    test.vendor.next({ errorInStream: 'before' });

    const reply = await ask(KIRO_MODEL, { stream: true });

    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(JSON.parse(reply.text)).toMatchObject({ error: { message: expect.any(String) as string } });
  });

  it('asks nobody else when it cannot bring a request into a vendor’s words', async () => {
    await test.configure({ accounts: accountsWithSpare(test.vendor.url, test.spare.url) });
    const [, messages] = FORMAT_CLIENTS;
    const unreadable = { messages: [{ role: 'user', content: 7 }], max_tokens: 8 };

    const reply = await sendRaw(test.url + '/v1/messages', {
      headers: messages?.headers ?? {},
      body: { model: 'gpt-test', ...unreadable },
    });

    expect(reply.status).toBe(400);
    expect([test.vendor.requests, test.spare.requests]).toEqual([[], []]);
  });

  it('logs nobody out where every account refuses', async () => {
    await test.configure({ accounts: accountsWithSpare(test.vendor.url, test.spare.url) });
    for (const mock of [test.vendor, test.spare]) mock.when(() => true, { status: 401 });
    const [chat] = FORMAT_CLIENTS;

    const { error } = await refusalOf(chat?.ask(test.url) ?? Promise.resolve());

    expect(error).toMatchObject({ status: 502, code: 'upstream_auth_failed' }); // nobody is logged out of the gateway
  });
});

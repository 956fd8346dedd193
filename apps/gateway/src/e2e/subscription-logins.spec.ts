import { sendRaw } from '@sluice/testing';
import { anthropicClient, openAiClient } from './harness/format-client.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { CLIENT_KEY } from './harness/test-configuration.js';

const MODEL = 'claude-test';
const TEXT = 'The tide turns at noon.';
const CALL = { model: MODEL, max_tokens: 64, messages: [{ role: 'user' as const, content: 'When?' }] };

describe('an account of an Anthropic subscription', () => {
  let test: TestGateway;
  let serial = 0;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  async function serve(): Promise<void> {
    serial += 1;
    const { url } = test.vendor;
    const claude = {
      id: `claude-${serial}`,
      provider: 'anthropic',
      baseUrl: url,
      endpoints: { token: `${url}/v1/oauth/token` },
      models: [MODEL],
      cooldown: { enabled: false },
    };
    await test.configure({ accounts: [{ ...claude, refreshToken: `refresh-token-${serial}` }] });
    test.vendor.when(({ path }) => path === '/v1/messages', { text: TEXT });
  }

  const calls = () => test.vendor.requests.filter(({ path }) => path === '/v1/messages');
  const renewals = () => test.vendor.requests.filter(({ path }) => path === '/v1/oauth/token');

  it.each([false, true])('answers the official SDK with its renewed token alone, streaming: %s', async (isStream) => {
    await serve();
    const { messages } = anthropicClient(test.url);

    const answer = isStream ? await messages.stream(CALL).finalMessage() : await messages.create(CALL);

    expect(answer.content).toMatchObject([{ type: 'text', text: TEXT }]);
    const [{ headers } = { headers: {} as Record<string, unknown> }] = calls();
    expect(headers['authorization']).toMatch(/^Bearer sk-ant-oat01-mock-/);
    expect(headers['x-api-key']).toBeUndefined();
    expect(headers['anthropic-beta']).toBe('oauth-2025-04-20');
  });

  it('answers the official SDK of another format', async () => {
    await serve();

    const answer = await openAiClient(test.url).chat.completions.create(CALL);

    expect(answer.choices[0]?.message.content).toBe(TEXT);
  });

  it('keeps the betas that the client asks for', async () => {
    await serve();

    await anthropicClient(test.url).messages.create(CALL, { headers: { 'anthropic-beta': 'context-1m-2025-08-07' } });

    expect(calls()[0]?.headers['anthropic-beta']).toBe('context-1m-2025-08-07,oauth-2025-04-20');
  });

  it('has its token renewed when the vendor refuses it mid-way, and the client does not notice', async () => {
    await serve();
    const { messages } = anthropicClient(test.url);
    await messages.create(CALL);
    test.vendor.next({ status: 401 });

    expect((await messages.create(CALL)).content).toMatchObject([{ text: TEXT }]);

    expect(renewals()).toHaveLength(2);
    const [first, refused, renewed] = calls().map(({ headers }) => headers['authorization']);
    expect(refused).toBe(first);
    expect(renewed).not.toBe(first);
  });

  it('sends a setup token as it is, and says so when that is refused', async () => {
    await test.configure({
      accounts: [
        {
          id: 'setup',
          provider: 'anthropic',
          accessToken: 'sk-ant-oat01-setup',
          baseUrl: test.vendor.url,
          models: [MODEL],
        },
      ],
    });
    test.vendor.next({ status: 401 });

    await expect(anthropicClient(test.url).messages.create(CALL)).rejects.toMatchObject({ status: 502 });

    expect(calls().map(({ headers }) => headers['authorization'])).toEqual(['Bearer sk-ant-oat01-setup']);
    expect(renewals()).toEqual([]);
  });

  it('says what to do where nobody has logged in', async () => {
    await test.configure({ accounts: [{ id: 'waiting', provider: 'anthropic', login: true, models: [MODEL] }] });

    await expect(anthropicClient(test.url).messages.create(CALL)).rejects.toMatchObject({
      status: 502,
      message: expect.stringContaining('npx sluice login anthropic'),
    });
  });

  it('rests for as long as its spent window says', async () => {
    await serve();
    test.vendor.script([
      {},
      {
        status: 429,
        headers: {
          'anthropic-ratelimit-unified-status': 'rejected',
          'anthropic-ratelimit-unified-5h-status': 'rejected',
          'anthropic-ratelimit-unified-5h-reset': String(Math.floor(Date.UTC(2100, 0, 1) / 1000)),
        },
      },
    ]);

    const reply = await sendRaw(`${test.url}/v1/messages`, {
      headers: { authorization: `Bearer ${CLIENT_KEY}`, 'anthropic-version': '2023-06-01' },
      body: CALL,
    });

    expect(reply.status).toBe(429);
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(3_600);
  });
});

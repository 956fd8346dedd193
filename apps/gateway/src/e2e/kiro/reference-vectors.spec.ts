import { sendRaw } from '@sluice/testing';
import type { JsonObject } from '@sluice/core';
import { eventFrames } from '../harness/event-frames.js';
import { anthropicClient } from '../harness/format-client.js';
import { refusalOf } from '../harness/seen-error.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { CLIENT_KEY } from '../harness/test-configuration.js';
import { kiroAccount, KIRO_MODEL } from './kiro-account.js';

const ARN_A = 'arn:aws:codewhisperer:us-east-1:111122223333:profile/AAAA';
const ARN_B = 'arn:aws:codewhisperer:us-east-1:111122223333:profile/BBBB';
const QUESTION = { model: KIRO_MODEL, max_tokens: 64, messages: [{ role: 'user' as const, content: 'Say it.' }] };
const REFRESH_TOKEN = `aorAAAAAG${'x'.repeat(120)}`;
const RESTS = { cooldown: { enabled: true } };

describe('vectors of the reference', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const account = (id: string, members: JsonObject): JsonObject => {
    const keyless = Object.entries(kiroAccount(test.vendor.url, { id, ...members })).filter(
      ([name]) => name !== 'apiKey' || 'apiKey' in members,
    );
    return Object.fromEntries(keyless);
  };
  const ask = () => anthropicClient(test.url).messages.create(QUESTION);
  const paths = () => test.vendor.requests.map(({ path }) => path);
  const calls = (path: string) => paths().filter((one) => one === path).length;
  const INFERENCE = '/generateAssistantResponse';

  it('48: after a fail-over the second call carries the second account’s profile', async () => {
    await test.configure({
      accounts: [
        account('a', { accessToken: 'aoa-a', profileArn: ARN_A }),
        account('b', { accessToken: 'aoa-b', profileArn: ARN_B, priority: 1 }),
      ],
    });
    test.vendor.next({ status: 429 });

    await ask();

    const sent = test.vendor.requests.map(({ body }) => JSON.parse(body.toString()) as JsonObject);
    expect(sent.map(({ profileArn }) => profileArn)).toEqual([ARN_A, ARN_B]);
  });

  it('56: a model that the plan does not have is not asked for', async () => {
    const any = Object.fromEntries(
      Object.entries(account('a', { accessToken: 'aoa' })).filter(([name]) => name !== 'models'),
    );
    test.vendor.when(({ path }) => path === '/ListAvailableModels', {
      body: JSON.stringify({ models: [{ modelId: KIRO_MODEL }] }),
    });
    await test.configure({ accounts: [any] });
    await ask();

    const { error } = await refusalOf(anthropicClient(test.url).messages.create({ ...QUESTION, model: 'gpt-4o' }));

    expect(error).toMatchObject({ name: 'NotFoundError', status: 404 });
    expect(calls(INFERENCE)).toBe(1);
  });

  it('74: a token that is refused is renewed, and the account keeps its name', async () => {
    await test.configure({ accounts: [account('a', { refreshToken: REFRESH_TOKEN, ...RESTS })] });
    await ask();
    test.vendor.next({ status: 403 });

    await ask();
    await ask();

    expect(calls('/refreshToken')).toBe(2);
    expect(calls(INFERENCE)).toBe(4);
  });

  it('75, 76: an account whose renewed token is refused, too, gives way to another', async () => {
    await test.configure({
      accounts: [
        account('c', { refreshToken: REFRESH_TOKEN, ...RESTS }),
        account('b', { accessToken: 'aoa-b', priority: 1 }),
      ],
    });
    test.vendor.script([{}, {}, { status: 403 }, {}, { status: 403 }]);

    await ask();
    await ask();
    await ask();

    expect(paths()).toEqual(['/refreshToken', INFERENCE, INFERENCE, '/refreshToken', INFERENCE, INFERENCE, INFERENCE]);
    const senders = test.vendor.requests.map(({ headers }) => headers['authorization']);
    expect(senders.slice(-2)).toEqual(['Bearer aoa-b', 'Bearer aoa-b']);
  });

  it.each([
    ['81: 4 accounts', 4, 9],
    ['82: 1 account', 1, 3],
  ])(
    '%s that are always away cost no more than their calls, and do not rest for good',
    async (_name, count, expected) => {
      const ids = Array.from({ length: count }, (_item, index) => `a${index}`);
      await test.configure({
        retry: { maxAttempts: 20, maxWaitMs: 0 },
        accounts: ids.map((id) => account(id, { accessToken: `aoa-${id}` })),
      });
      const takeBack = test.vendor.when(() => true, { status: 503, retryAfter: '0' }); // without waiting

      const { error } = await refusalOf(ask());
      takeBack();

      expect(error.status).toBe(503);
      expect(calls(INFERENCE)).toBe(expected);
      expect((await ask()).content).toHaveLength(1);
    },
  );

  it('94: a collected answer begins with the exact input', async () => {
    await test.configure({ accounts: [account('a', { accessToken: 'aoa' })] });
    const frames = [
      '{"assistantResponseEvent":{"content":"Hello"}}',
      '{"contextUsageEvent":{"contextUsagePercentage":50}}',
    ].join('\n');
    const headers = { 'content-type': 'application/vnd.amazon.eventstream' };
    test.vendor.next({ replay: { headers, chunks: [eventFrames(frames)] } });

    const { text } = await sendRaw(`${test.url}/cc/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': CLIENT_KEY, 'anthropic-version': '2023-06-01' },
      body: { ...QUESTION, stream: true },
    });

    const [, first = ''] = /^data: (.*)$/m.exec(text) ?? [];
    expect(JSON.parse(first)).toMatchObject({ type: 'message_start', message: { usage: { input_tokens: 99_998 } } });
  });
});

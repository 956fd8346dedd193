import type { JsonObject } from '@sluice/core';
import { sendRaw } from '@sluice/testing';
import { anthropicClient, openAiClient } from '../harness/format-client.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { CLIENT_KEY, OPERATOR_KEY } from '../harness/test-configuration.js';

const MODEL = 'gpt-5-codex';
const TOKEN_PATH = '/oauth/token';
const TEXT = 'The tide turns at noon.';
const TOOL = { name: 'get_tide', description: 'Tides.', parameters: { type: 'object', properties: {} } };

describe('an account of a ChatGPT plan', () => {
  let test: TestGateway;
  let serial = 0;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  beforeEach(async () => {
    serial += 1;
    const { url } = test.vendor;
    const plan = {
      id: `plan-${serial}`,
      provider: 'codex',
      refreshToken: `refresh-token-${serial}`,
      baseUrl: `${url}/backend-api/codex`,
      endpoints: { auth: url },
      cooldown: { enabled: false },
    };
    await test.configure({ accounts: [plan] });
    test.vendor.when(({ path }) => path.endsWith('/responses'), { text: TEXT });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const inferences = () => test.vendor.requests.filter(({ path }) => path.endsWith('/responses'));
  const renewals = () => test.vendor.requests.filter(({ path }) => path === TOKEN_PATH);
  const bodies = (): JsonObject[] => inferences().map(({ body }) => JSON.parse(body.toString()));

  describe('answers the official SDK of', () => {
    it('Responses with a whole answer, although the vendor only streams', async () => {
      const response = await openAiClient(test.url).responses.create({ model: MODEL, input: 'When?' });

      expect(response.output_text).toBe(TEXT);
      expect(response.status).toBe('completed');
      expect(response.usage?.output_tokens).toBe(5);
      expect(bodies()).toMatchObject([{ stream: true, store: false, instructions: '' }]);
    });

    it('Responses with a stream', async () => {
      const stream = openAiClient(test.url).responses.stream({ model: MODEL, input: 'When?' });

      expect((await stream.finalResponse()).output_text).toBe(TEXT);
    });

    it.each([false, true])('Chat Completions, streaming: %s', async (isStream) => {
      const { completions } = openAiClient(test.url).chat;
      const call = { model: MODEL, max_tokens: 100, messages: [{ role: 'user' as const, content: 'When?' }] };

      const answer = isStream
        ? await completions.stream({ ...call, stream: true }).finalChatCompletion()
        : await completions.create(call);

      expect(answer.choices[0]?.message.content).toBe(TEXT);
      expect(bodies()[0]).not.toHaveProperty('max_output_tokens');
    });

    it.each([false, true])('Anthropic, streaming: %s', async (isStream) => {
      const { messages } = anthropicClient(test.url);
      const call = {
        model: MODEL,
        max_tokens: 100,
        system: 'Be brief.',
        messages: [{ role: 'user' as const, content: 'When?' }],
      };

      const answer = isStream ? await messages.stream(call).finalMessage() : await messages.create(call);

      expect(answer.content).toMatchObject([{ type: 'text', text: TEXT }]);
      expect(answer.stop_reason).toBe('end_turn');
    });

    it('Responses with calls of tools', async () => {
      const response = await openAiClient(test.url).responses.create({
        model: MODEL,
        input: 'Please call get_tide with {}.',
        tools: [{ type: 'function', strict: false, ...TOOL }],
      });

      expect(bodies()[0]).toMatchObject({ parallel_tool_calls: true });
      expect(response.error).toBeNull();
    });
  });

  it('says how much of the request the plan does not take', async () => {
    const reply = await sendRaw(`${test.url}/v1/responses`, {
      headers: { authorization: `Bearer ${OPERATOR_KEY}` },
      body: { model: MODEL, stream: true, input: 'When?', temperature: 0.5, metadata: { a: 'b' } },
    });

    expect(reply.headers['x-sluice-warnings']).toBe('2');
    expect(test.logged('the vendor does not take all of the request')).toMatchObject([{ count: 2 }]);
  });

  it('refuses to continue an answer that nobody stored, in the client’s words', async () => {
    const asking = openAiClient(test.url).responses.create({
      model: MODEL,
      input: 'And then?',
      previous_response_id: 'resp_unknown',
    });

    await expect(asking).rejects.toMatchObject({ status: 400, param: 'previous_response_id' });
    expect(inferences()).toEqual([]);
  });

  describe('renews its login', () => {
    const ask = () => openAiClient(test.url).responses.create({ model: MODEL, input: 'When?' });

    it('before its first call, once for all that wait', async () => {
      await Promise.all([ask(), ask(), ask()]);

      expect(renewals()).toHaveLength(1);
      const tokens = inferences().map(({ headers }) => headers['authorization']);
      expect(tokens).toHaveLength(3);
      expect(new Set(tokens).size).toBe(1);
      expect(inferences()[0]?.headers['chatgpt-account-id']).toBe('00000000-0000-4000-8000-00000000c0de');
    });

    it('when the vendor refuses it mid-way, and the client does not notice', async () => {
      await ask();
      test.vendor.next({ status: 401, code: 'token_expired' });

      expect((await ask()).output_text).toBe(TEXT);

      expect(renewals()).toHaveLength(2);
      const [first, refused, renewed] = inferences().map(({ headers }) => headers['authorization']);
      expect(refused).toBe(first);
      expect(renewed).not.toBe(first);
      const forms = renewals().map(({ body }) => new URLSearchParams(body.toString()).get('refresh_token'));
      expect(forms[1]).toMatch(/^codex-refresh-/);
    });

    it('later when the vendor’s login is unwell, and keeps it until then', async () => {
      test.vendor.next({ status: 503 });
      await expect(openAiClient(test.url).responses.create({ model: MODEL, input: 'When?' })).rejects.toMatchObject({
        status: expect.any(Number),
      });

      expect((await ask()).output_text).toBe(TEXT);
    });

    it('no more when it has ended, and says what to do', async () => {
      test.vendor.when(({ path }) => path === TOKEN_PATH, { status: 401, code: 'refresh_token_reused' });

      await expect(ask()).rejects.toMatchObject({
        status: 502,
        message: expect.stringContaining(`npx sluice login codex --account plan-${serial}`),
      });
    });
  });

  it('passes a spent plan on as a limit, with the time at which it is whole again', async () => {
    test.vendor.script([
      {},
      {
        status: 429,
        body: JSON.stringify({
          error: { type: 'usage_limit_reached', message: 'The usage limit has been reached', resets_in_seconds: 90 },
        }),
      },
    ]);

    const reply = await sendRaw(`${test.url}/v1/responses`, {
      headers: { authorization: `Bearer ${CLIENT_KEY}` },
      body: { model: MODEL, input: 'When?' },
    });

    expect(reply.status).toBe(429);
    expect(Number(reply.headers['retry-after'])).toBe(90);
  });

  describe('gets the same cache key', () => {
    const say = (key: string, input: unknown) =>
      sendRaw(`${test.url}/v1/responses`, {
        headers: { authorization: `Bearer ${key}` },
        body: { model: MODEL, stream: true, input },
      });

    it('for a conversation whose client names none, and another client another (row 133)', async () => {
      const question = { role: 'user', content: 'When?' };
      await say(CLIENT_KEY, [question]);
      await say(CLIENT_KEY, [question, { role: 'assistant', content: TEXT }, { role: 'user', content: 'And then?' }]);
      await say(OPERATOR_KEY, [question]);

      const [first, grown, other] = bodies().map((body) => body['prompt_cache_key']);
      expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(grown).toBe(first);
      expect(other).not.toBe(first);
      expect(inferences().map(({ headers }) => headers['session-id'])).toEqual([first, grown, other]);
    });
  });
});

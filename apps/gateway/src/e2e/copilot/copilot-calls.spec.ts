import { anthropicClient, openAiClient } from '../harness/format-client.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { copilotAccount } from './copilot-account.js';

const CLAUDE = 'claude-sonnet-4.5';
const LIST = [
  { id: CLAUDE, supported_endpoints: ['/chat/completions', '/v1/messages'] },
  { id: 'claude-chat', supported_endpoints: ['/chat/completions'] },
  { id: 'gpt-5-codex', supported_endpoints: ['/responses'] },
  { id: 'gpt-4.1', name: 'GPT-4.1', capabilities: { limits: { max_prompt_tokens: 64_000, max_output_tokens: 8_000 } } },
];
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';
const parameters = { type: 'object' as const, properties: {} };
const TOOL = { type: 'function' as const, function: { name: 'look', parameters } };

describe('calls to GitHub Copilot', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({ accounts: [copilotAccount(test.vendor.url)] });
    test.vendor.next({ body: '{"token":"tid=1","refresh_in":1500}' });
    test.vendor.next({ body: JSON.stringify({ data: LIST }) });
    await openAiClient(test.url).models.list();
    test.vendor.reset();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  /** The call, without the vendor's list that may be asked for beside it. */
  const arrived = () => test.vendor.requests.filter(({ method }) => method === 'POST').at(-1);
  const openAi = () => openAiClient(test.url);
  const anthropic = () => anthropicClient(test.url);

  it('lists the names of the vendor, and what it says of their limits', async () => {
    const { data } = await openAi().models.list();
    const gemini = await fetch(`${test.url}/v1beta/models/gpt-4.1`, {
      headers: { 'x-goog-api-key': openAi().apiKey ?? '' },
    });

    expect(data.map(({ id }) => id)).toEqual([CLAUDE, 'claude-chat', 'gpt-4.1', 'gpt-5-codex'].sort());
    expect(await gemini.json()).toMatchObject({
      displayName: 'GPT-4.1',
      inputTokenLimit: 64_000,
      outputTokenLimit: 8_000,
    });
  });

  it('go where the model is served, whatever the client speaks', async () => {
    const messages = [{ role: 'user' as const, content: 'Say it.' }];
    const paths: (string | undefined)[] = [];
    for (const model of [CLAUDE, 'claude-chat', 'gpt-4.1', 'gpt-5-codex']) {
      await anthropic().messages.create({ model, max_tokens: 32, messages });
      paths.push(arrived()?.path);
      await openAi().chat.completions.create({ model, messages });
      paths.push(arrived()?.path);
      await openAi().responses.create({ model, input: 'Say it.' });
      paths.push(arrived()?.path);
    }

    expect(paths).toEqual([
      ...['/v1/messages', '/v1/messages', '/v1/messages'],
      ...['/chat/completions', '/chat/completions', '/chat/completions'],
      ...['/chat/completions', '/chat/completions', '/chat/completions'],
      ...['/responses', '/responses', '/responses'],
    ]);
  });

  describe('say who caused them', () => {
    const call = { id: 'c1', type: 'function' as const, function: { name: 'look', arguments: '{}' } };
    const question = { role: 'user' as const, content: 'call:look' };

    it('for a client of OpenAI', async () => {
      const chat = openAi().chat.completions;
      await chat.create({ model: 'gpt-4.1', messages: [question], tools: [TOOL] });
      const asked = arrived()?.headers['x-initiator'];
      const step = [
        question,
        { role: 'assistant' as const, content: null, tool_calls: [call] },
        { role: 'tool' as const, tool_call_id: 'c1', content: 'Sun.' },
      ];
      await chat.create({ model: 'gpt-4.1', messages: step, tools: [TOOL] });
      const stepped = arrived()?.headers['x-initiator'];
      await chat.create({ model: 'gpt-4.1', messages: [...step, { role: 'user', content: 'Thanks.' }], tools: [TOOL] });

      expect([asked, stepped, arrived()?.headers['x-initiator']]).toEqual(['user', 'agent', 'user']);
    });

    it('for a client of Anthropic, translated or not', async () => {
      const content = [{ type: 'tool_use' as const, id: 't1', name: 'look', input: {} }];
      const result = [{ type: 'tool_result' as const, tool_use_id: 't1', content: 'Sun.' }];
      const tools = [{ name: 'look', input_schema: parameters }];
      const messages = [question, { role: 'assistant' as const, content }, { role: 'user' as const, content: result }];
      const initiators: unknown[] = [];
      for (const model of [CLAUDE, 'gpt-4.1', 'gpt-5-codex']) {
        await anthropic().messages.create({ model, max_tokens: 32, messages: [question], tools });
        initiators.push(arrived()?.headers['x-initiator']);
        await anthropic().messages.create({ model, max_tokens: 32, messages, tools });
        initiators.push(arrived()?.headers['x-initiator']);
      }

      expect(initiators).toEqual(['user', 'agent', 'user', 'agent', 'user', 'agent']);
    });
  });

  it('say that there is an image, in the format that arrives', async () => {
    const source = { type: 'base64' as const, media_type: 'image/png' as const, data: PIXEL };
    const messages = [{ role: 'user' as const, content: [{ type: 'image' as const, source }] }];
    const vision: unknown[] = [];
    for (const model of [CLAUDE, 'gpt-4.1', 'gpt-5-codex']) {
      await anthropic().messages.create({ model, max_tokens: 32, messages });
      vision.push(arrived()?.headers['copilot-vision-request']);
    }
    await anthropic().messages.create({ model: CLAUDE, max_tokens: 32, messages: [{ role: 'user', content: 'Hi' }] });

    expect([...vision, arrived()?.headers['copilot-vision-request']]).toEqual(['true', 'true', 'true', undefined]);
  });

  it('come with the headers of the editor, and with betas that the vendor takes', async () => {
    const betas = ['interleaved-thinking-2025-05-14', 'fine-grained-tool-streaming-2025-05-14'];
    await anthropic().beta.messages.create({
      model: CLAUDE,
      max_tokens: 32,
      messages: [{ role: 'user', content: 'Hi' }],
      betas,
    });

    expect(arrived()?.headers).toMatchObject({
      authorization: 'Bearer tid=1',
      'copilot-integration-id': 'vscode-chat',
      'editor-version': 'vscode/1.104.1',
      'anthropic-beta': 'interleaved-thinking-2025-05-14',
    });
    expect(test.logged('GitHub Copilot does not take a beta that clients ask for; it is left out')).toMatchObject([
      { beta: 'fine-grained-tool-streaming-2025-05-14' },
    ]);
  });

  describe("whose answers come in several choices, as Claude's chats do", () => {
    const request = {
      model: 'claude-chat',
      messages: [{ role: 'user' as const, content: 'call:look {"at":"sky"}' }],
      tools: [TOOL],
    };
    const expected = {
      content: 'Let me look.',
      tool_calls: [{ type: 'function', function: { name: 'look', arguments: '{"at":"sky"}' } }],
    };

    it('reach a client of OpenAI as one', async () => {
      const { choices } = await openAi().chat.completions.create(request);

      expect(choices).toHaveLength(1);
      expect(choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: expected });
    });

    it('reach a client of OpenAI as one stream', async () => {
      const { choices } = await openAi().chat.completions.stream(request).finalChatCompletion();

      expect(choices).toHaveLength(1);
      expect(choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: expected });
    });

    it('reach a client of Anthropic as one message, with what the model thought', async () => {
      const call = {
        model: 'claude-chat',
        max_tokens: 32,
        messages: request.messages,
        tools: [{ name: 'look', input_schema: parameters }],
      };
      const whole = await anthropic().messages.create(call);
      const streamed = await anthropic().messages.stream(call).finalMessage();

      for (const { content, stop_reason: reason } of [whole, streamed]) {
        expect(reason).toBe('tool_use');
        expect(content).toMatchObject([
          { type: 'thinking', thinking: 'A tool knows.' },
          { type: 'text', text: 'Let me look.' },
          { type: 'tool_use', name: 'look', input: { at: 'sky' } },
        ]);
      }
    });
  });

  describe('that are refused', () => {
    const ask = (model: string) =>
      openAi().chat.completions.create({ model, messages: [{ role: 'user', content: 'Say it.' }] });
    const coded = (status: number, code: string, retryAfter?: string) => ({
      status,
      body: JSON.stringify({ error: { message: 'No.', code } }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    });

    it.each([
      ['premium requests are used up', coded(402, 'quota_exceeded'), 'upstream_quota_exhausted'],
      ['the plan lacks the model', coded(400, 'model_not_supported'), 'upstream_not_found'],
      ['all is throttled', coded(429, 'user_global_rate_limited:pro'), 'upstream_rate_limited'],
    ])('say what they are when %s', async (_case, behaviour, kind) => {
      test.vendor.when(({ path }) => path === '/chat/completions', behaviour);

      await expect(ask('gpt-4.1')).rejects.toMatchObject({ status: behaviour.status });

      await test.ledger.allSettled();
      expect(test.ledger.settled.at(-1)).toMatchObject({ errorKind: kind });
    });

    it('leave the other models of the account alone when one is used up, and do not ask again', async () => {
      await test.configure({ accounts: [copilotAccount(test.vendor.url, { cooldown: { enabled: true } })] });
      test.vendor.when(({ path }) => path === '/chat/completions', coded(402, 'quota_exceeded', '600'));

      await expect(ask('gpt-4.1')).rejects.toMatchObject({ status: 402, code: 'quota_exceeded' });
      await expect(ask('gpt-4.1')).rejects.toMatchObject({ status: 402, code: 'quota_exceeded' });
      const other = await openAi().responses.create({ model: 'gpt-5-codex', input: 'Say it.' });

      expect(test.vendor.requests.map(({ path }) => path)).toEqual(['/chat/completions', '/responses']);
      expect(other.status).toBe('completed');
    });
  });
});

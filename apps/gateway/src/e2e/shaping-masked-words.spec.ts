import type Anthropic from '@anthropic-ai/sdk';
import { sendRaw, type RawReply } from '@sluice/testing';
import { anthropicClient, FORMAT_CLIENTS, openAiClient } from './harness/format-client.js';
import { startRawVendor, type RawVendor } from './harness/raw-vendor.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { account, MODELS, singleAccounts } from './harness/test-configuration.js';

const [chat, messages] = FORMAT_CLIENTS;
if (chat === undefined || messages === undefined) throw new Error('two formats are expected');

const KEY = 'an-encryption-key-of-this-suite';
const PLACEHOLDER = /MASK_[0-9a-f]{10}/;
const WORDS = { encryptionKey: KEY, upstream: { maskedWords: ['Acme Corp', 'heron'] } };
const JSON_TYPE = { 'content-type': 'application/json' };

describe('masked words', () => {
  let test: TestGateway;
  let vendor: RawVendor;
  beforeAll(async () => {
    [test, vendor] = await Promise.all([startTestGateway(), startRawVendor()]);
  });
  afterEach(async () => {
    await test.checkAfterTest();
    vendor.reset();
  });
  afterAll(() => Promise.all([test.stop(), vendor.stop()]));

  const send = (client: typeof chat, body: string | object, path = client.path): Promise<RawReply> =>
    sendRaw(test.url + path, { headers: client.headers, body });
  const received = (): string => test.vendor.requests.at(-1)?.body.toString() ?? '';
  /** What the vendor was sent in the place of a word. */
  const placeholderIn = (text: string): string => PLACEHOLDER.exec(text)?.[0] ?? 'no placeholder';
  const learn = async (client: typeof chat, word: string): Promise<string> => {
    await client.ask(test.url, { prompt: word });
    return placeholderIn(received());
  };

  describe.each(FORMAT_CLIENTS)('in $format', (client) => {
    it('do not reach the vendor and stand in the answer again', async () => {
      await test.configure(WORDS);
      const placeholder = await learn(client, 'Tell me about ACME corp.');
      expect(received()).not.toMatch(/acme/i);
      test.vendor.next({ text: `${placeholder} is a company; ${placeholder}.` });
      test.vendor.next({ text: `${placeholder} is a company; ${placeholder}.` });

      const whole = await client.ask(test.url, { prompt: 'And ACME corp?' });
      const { text } = await client.stream(test.url, { prompt: 'And ACME corp?' });

      expect([whole, text]).toEqual(['ACME corp is a company; ACME corp.', 'ACME corp is a company; ACME corp.']);
    });

    it('are found behind escapes', async () => {
      await test.configure(WORDS);
      const body = JSON.stringify(client.body({ messages: [{ role: 'user', content: 'HERON' }] }));

      const reply = await send(client, body.replace('HERON', String.raw`\u0048er\u006fn`));

      expect(reply.status).toBe(200);
      const sent = JSON.parse(received()) as { messages: readonly { content: unknown }[] };
      expect(JSON.stringify(sent.messages)).toMatch(PLACEHOLDER);
      expect(JSON.stringify(sent)).not.toMatch(/heron/i);
    });

    it('leave a request in which none occurs as it is, byte for byte', async () => {
      await test.configure(WORDS);
      const body = JSON.stringify(client.body()).replace(',', ' , ');

      await send(client, body);

      expect(received()).toBe(body);
    });

    it('stand in the vendor’s error again', async () => {
      await test.configure(WORDS);
      const placeholder = await learn(client, 'heron');
      test.vendor.next({ status: 400, message: `I do not like ${placeholder}.` });

      const reply = await send(client, client.body({ messages: [{ role: 'user', content: 'heron' }] }));

      expect(reply.status).toBe(400);
      expect(reply.text).toContain('I do not like heron.');
    });
  });

  it('are masked where client and vendor speak different formats', async () => {
    await test.configure(WORDS);

    const answer = await chat.ask(test.url, { model: MODELS['anthropic-messages'], prompt: 'heron' });

    expect(answer).not.toBe('');
    expect(test.vendor.requests.at(-1)?.path).toBe('/v1/messages');
    expect(received()).toMatch(PLACEHOLDER);
    expect(received()).not.toContain('heron');
  });

  it('may be those of one account, and change with the configuration', async () => {
    const accounts = (words: readonly string[]) => [
      account('openai-chat', test.vendor.url, { maskedWords: words }),
      account('anthropic-messages', test.vendor.url),
    ];
    await test.configure({ accounts: accounts(['heron']), encryptionKey: KEY });
    await chat.ask(test.url, { prompt: 'heron' });
    await messages.ask(test.url, { prompt: 'heron' });
    await test.configure({ accounts: accounts(['crane']), encryptionKey: KEY });
    await chat.ask(test.url, { prompt: 'heron' });

    expect(test.vendor.requests.map(({ body }) => body.includes('heron'))).toEqual([false, true, true]);
  });

  it('count in a line for the operator, and are not in it', async () => {
    await test.configure(WORDS);

    await chat.ask(test.url, { prompt: 'heron and Heron' });

    expect(test.logged('words were masked for the vendor')).toMatchObject([{ account: 'chat', count: 2 }]);
    expect(test.log.join('\n')).not.toMatch(/heron/i);
  });

  describe('of tools', () => {
    it('are masked in declarations and arguments, and come back as valid JSON', async () => {
      await test.configure({ ...WORDS, accounts: [account('openai-chat', vendor.url)] });
      vendor.answerWith(200, JSON_TYPE, chatAnswer({ content: 'ok' }));
      const tools = [
        {
          type: 'function' as const,
          function: {
            name: 'look_up',
            description: 'Looks up a heron.',
            parameters: { type: 'object', properties: { heron_id: { type: 'string', enum: ['heron'] } } },
          },
        },
      ];
      const ask = () =>
        openAiClient(test.url).chat.completions.create({
          model: MODELS['openai-chat'],
          tools,
          messages: [
            { role: 'user', content: 'Go.' },
            {
              role: 'assistant',
              tool_calls: [
                { id: 'c1', type: 'function', function: { name: 'look_up', arguments: '{"heron_id":"heron"}' } },
              ],
            },
            { role: 'tool', tool_call_id: 'c1', content: 'One heron.' },
          ],
        });
      await ask();
      const first = vendor.requests[0]?.body.toString() ?? '';
      const placeholder = placeholderIn(first);
      const call = {
        id: 'c2',
        type: 'function',
        function: { name: 'look_up', arguments: `{"${placeholder}_id":"${placeholder}"}` },
      };
      vendor.answerWith(200, JSON_TYPE, chatAnswer({ content: null, tool_calls: [call] }));

      const answer = await ask();

      expect(first).not.toContain('heron');
      const [returned] = answer.choices[0]?.message.tool_calls ?? [];
      expect(returned).toMatchObject({ id: 'c2', function: { name: 'look_up', arguments: '{"heron_id":"heron"}' } });
    });
  });

  describe('in signed reasoning', () => {
    const question: Anthropic.MessageParam = { role: 'user', content: 'Think of the heron.' };
    const ask = async (history: readonly Anthropic.MessageParam[]): Promise<Anthropic.Message> => {
      const model = MODELS['anthropic-messages'];
      const call = { model, max_tokens: 2_048, thinking: { type: 'enabled' as const, budget_tokens: 1_024 } };
      return anthropicClient(test.url)
        .messages.stream({ ...call, messages: [...history] })
        .finalMessage();
    };
    const sentTurn = (): unknown =>
      (JSON.parse(vendor.requests.at(-1)?.body.toString() ?? '{}') as { messages: readonly unknown[] }).messages[1];

    it('come back to the vendor as the very bytes that it has signed', async () => {
      await test.configure({ ...WORDS, accounts: [account('anthropic-messages', vendor.url)] });
      vendor.answerWith(200, { 'content-type': 'text/event-stream' }, thinking(['Hm.']));
      await ask([question]);
      const placeholder = placeholderIn(vendor.requests[0]?.body.toString() ?? '');
      const pieces = ['Of the ', placeholder.slice(0, 4), `${placeholder.slice(4)} I know.`];
      vendor.answerWith(200, { 'content-type': 'text/event-stream' }, thinking(pieces));

      const answer = await ask([question]);
      await ask([question, { role: 'assistant', content: answer.content }, { role: 'user', content: 'Go on.' }]);

      expect(answer.content[0]).toMatchObject({ type: 'thinking', thinking: 'Of the heron I know.' });
      expect(sentTurn()).toEqual({
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: `Of the ${placeholder} I know.`, signature: SIGNATURE },
          { type: 'text', text: 'Done.' },
        ],
      });
    });

    it('are left out where the vendor could not have signed the masked text, also by accounts without words', async () => {
      await test.configure({ ...WORDS, accounts: [account('anthropic-messages', vendor.url)] });
      vendor.answerWith(200, { 'content-type': 'text/event-stream' }, thinking(['A heron?']));
      const named = await ask([{ role: 'user', content: 'Think of a bird.' }]);
      await ask([question, { role: 'assistant', content: named.content }, { role: 'user', content: 'Go on.' }]);
      const first = sentTurn();
      const placeholder = placeholderIn(vendor.requests.at(-1)?.body.toString() ?? '');
      vendor.answerWith(200, { 'content-type': 'text/event-stream' }, thinking([placeholder]));
      const restored = await ask([question]);
      await test.configure({ accounts: [account('anthropic-messages', vendor.url)] });
      await ask([question, { role: 'assistant', content: restored.content }, { role: 'user', content: 'Go on.' }]);

      const withoutThinking = { role: 'assistant', content: [{ type: 'text', text: 'Done.' }] };
      expect([first, sentTurn()]).toEqual([withoutThinking, withoutThinking]);
    });
  });

  it('are masked in texts to be embedded', async () => {
    await test.configure({ ...WORDS, accounts: [account('openai-chat', vendor.url, { models: ['embed-1'] })] });
    vendor.answerWith(
      200,
      JSON_TYPE,
      JSON.stringify({ object: 'list', model: 'embed-1', data: [{ object: 'embedding', index: 0, embedding: [0.5] }] }),
    );

    const reply = await send(chat, { model: 'embed-1', input: ['a heron'] }, '/v1/embeddings');

    expect(reply.status).toBe(200);
    expect(JSON.parse(vendor.requests.at(-1)?.body.toString() ?? '')).toMatchObject({
      input: [expect.stringMatching(/^a MASK_[0-9a-f]{10}$/) as string],
    });
  });

  it('are not shown to a vendor that would count them', async () => {
    await test.configure({ ...WORDS, accounts: [account('anthropic-messages', vendor.url)] });

    const body = messages.body({ messages: [{ role: 'user', content: 'heron' }] });
    const reply = await send(messages, body, '/v1/messages/count_tokens');

    expect(reply.status).toBe(200);
    expect(reply.headers['x-sluice-token-count']).toBe('estimated');
    expect(vendor.requests).toEqual([]);
  });

  it('are refused where a request can only pass as it is', async () => {
    await test.configure({ ...WORDS, accounts: singleAccounts(test.vendor.url) });

    const reply = await send(chat, { model: 'gpt-test', prompt: 'The heron' }, '/v1/completions');

    expect(reply.status).toBe(501);
    expect(reply.text).toContain('holds words that the account \\"chat\\" may not be sent');
    expect(reply.text).not.toContain('heron');
    expect(test.vendor.requests).toEqual([]);
  });
});

/** As Anthropic's begin: a container, a channel block, a channel id, a version. */
const SIGNATURE = Buffer.from([0x12, 0x06, 0x0a, 0x04, 0x08, 0x0b, 0x18, 0x02]).toString('base64');

function chatAnswer(message: object): string {
  const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', ...message } }];
  return JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model: 'gpt-test', choices });
}

function thinking(pieces: readonly string[]): string {
  const usage = { input_tokens: 1, output_tokens: 1 };
  const message = {
    id: 'm',
    type: 'message',
    role: 'assistant',
    model: 'claude-test',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  const delta = (index: number, inner: object): object => ({ type: 'content_block_delta', index, delta: inner });
  const events: readonly object[] = [
    { type: 'message_start', message },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
    ...pieces.map((piece) => delta(0, { type: 'thinking_delta', thinking: piece })),
    delta(0, { type: 'signature_delta', signature: SIGNATURE }),
    { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
    delta(1, { type: 'text_delta', text: 'Done.' }),
    { type: 'content_block_stop', index: 1 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 3 } },
    { type: 'message_stop' },
  ];
  return events
    .map((event) => `event: ${(event as { type: string }).type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join('');
}

import { sendRaw, type RawCall } from '@sluice/testing';
import type { Usage } from '@sluice/core';
import { startRawVendor, type RawVendor } from './harness/raw-vendor.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { CLIENT_KEY, VENDOR_KEY } from './harness/test-configuration.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const TEXT = 'Sixteen letters.';
/** Four characters a token: what an estimate of that many pieces of {@link TEXT} comes to. */
const tokensOf = (pieces: number): number => (pieces * TEXT.length) / 4;

type Silence = 'chat' | 'messages' | 'responses' | 'completions' | 'gemini';

/** How vendors write an answer of which they report no usage: a piece of it, its end, and the whole. */
const VENDORS: Readonly<
  Record<Silence, { readonly piece: object; readonly end: readonly (object | string)[]; readonly whole: object }>
> = {
  chat: {
    piece: { id: 'c', choices: [{ index: 0, delta: { content: TEXT } }], model: 'm' },
    end: [{ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }, '[DONE]'],
    whole: { choices: [{ index: 0, message: { role: 'assistant', content: TEXT }, finish_reason: 'stop' }] },
  },
  messages: {
    piece: { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: TEXT } },
    end: [
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null } },
      { type: 'message_stop' },
    ],
    whole: { type: 'message', role: 'assistant', content: [{ type: 'text', text: TEXT }], stop_reason: 'end_turn' },
  },
  responses: {
    piece: { type: 'response.output_text.delta', item_id: 'm', output_index: 0, content_index: 0, delta: TEXT },
    end: [{ type: 'response.completed', response: { id: 'r', status: 'completed', output: [] } }],
    whole: {
      id: 'r',
      object: 'response',
      status: 'completed',
      output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: TEXT }] }],
    },
  },
  completions: {
    piece: { choices: [{ index: 0, text: TEXT, finish_reason: null }] },
    end: [{ choices: [{ index: 0, text: '', finish_reason: 'stop' }] }, '[DONE]'],
    whole: { choices: [{ index: 0, text: TEXT, finish_reason: 'stop' }] },
  },
  gemini: {
    piece: { candidates: [{ index: 0, content: { role: 'model', parts: [{ text: TEXT }] } }] },
    end: [{ candidates: [{ index: 0, content: { role: 'model', parts: [{ text: '' }] }, finishReason: 'STOP' }] }],
    whole: { candidates: [{ index: 0, content: { role: 'model', parts: [{ text: TEXT }] }, finishReason: 'STOP' }] },
  },
};

/** Where clients ask, and in which words the vendor answers. The last two are translated. */
const ROUTES: readonly (readonly [name: string, vendor: Silence, path: string, model: string])[] = [
  ['OpenAI Chat', 'chat', '/v1/chat/completions', 'chat-1'],
  ['Anthropic', 'messages', '/v1/messages', 'claude-1'],
  ['OpenAI Responses', 'responses', '/v1/responses', 'chat-1'],
  ['OpenAI Completions', 'completions', '/v1/completions', 'chat-1'],
  ['Gemini', 'gemini', '/v1beta/models/gemini-1', 'gemini-1'],
  ['Anthropic, answered by OpenAI Chat', 'chat', '/v1/messages', 'chat-1'],
  ['OpenAI Chat, answered by Anthropic', 'messages', '/v1/chat/completions', 'claude-1'],
];

const sse = (events: readonly (object | string)[]): string =>
  events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('');

describe('usage that the vendor does not report', () => {
  let test: TestGateway;
  let vendor: RawVendor;
  beforeAll(async () => {
    [test, vendor] = await Promise.all([startTestGateway(), startRawVendor()]);
    const members = { apiKey: VENDOR_KEY, cooldown: { enabled: false } };
    await test.configure({
      retry: { maxAttempts: 1 },
      accounts: [
        { id: 'chat', provider: 'openai', baseUrl: `${vendor.url}/v1`, models: ['chat-1'], ...members },
        { id: 'claude', provider: 'anthropic', baseUrl: vendor.url, models: ['claude-1'], ...members },
        { id: 'google', provider: 'gemini', baseUrl: vendor.url, models: ['gemini-1'], ...members },
      ],
    });
  });
  afterEach(async () => {
    await test.checkAfterTest();
    vendor.reset();
  });
  afterAll(() => Promise.all([test.stop(), vendor.stop()]));

  const startsWith = (name: Silence): readonly object[] =>
    name !== 'messages'
      ? []
      : [
          { type: 'message_start', message: { id: 'm', type: 'message', role: 'assistant', content: [], model: 'm' } },
          { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        ];
  const pieces = (name: Silence, count: number): readonly object[] => [
    ...startsWith(name),
    ...Array.from({ length: count }, () => VENDORS[name].piece),
  ];
  const bodyOf = (path: string, model: string, stream: boolean): object => {
    const prompt = 'How are you?';
    if (path.startsWith('/v1beta')) return { contents: [{ role: 'user', parts: [{ text: prompt }] }] };
    const asked = { '/v1/responses': { input: prompt }, '/v1/completions': { prompt } }[path];
    return { model, stream, ...(asked ?? { max_tokens: 9, messages: [{ role: 'user', content: prompt }] }) };
  };
  const ask = (path: string, model: string, stream: boolean, call: RawCall = {}) => {
    const method = stream ? ':streamGenerateContent?alt=sse' : ':generateContent';
    return sendRaw(test.url + path + (path.startsWith('/v1beta') ? method : ''), {
      body: bodyOf(path, model, stream),
      ...call,
      headers: { ...JSON_TYPE, authorization: `Bearer ${CLIENT_KEY}` },
    });
  };
  const inputOf = (path: string, model: string, stream: boolean): number =>
    Math.ceil(JSON.stringify(bodyOf(path, model, stream)).length / 4);
  const streamed = (...events: readonly (object | string)[]): void =>
    vendor.answerWith(200, { 'content-type': 'text/event-stream' }, sse(events));

  describe.each(ROUTES)('(%s)', (_, name, path, model) => {
    const estimate = (output: number, stream = true): Usage => ({
      input: inputOf(path, model, stream),
      output,
      source: 'estimated',
    });

    it('is estimated by the length of a whole answer', async () => {
      vendor.answerWith(200, JSON_TYPE, JSON.stringify(VENDORS[name].whole));

      const reply = await ask(path, model, false);

      expect(reply.status).toBe(200);
      expect((await test.ledger.only()).usage).toEqual(estimate(tokensOf(1), false));
    });

    it('is estimated by what a stream brought', async () => {
      streamed(...pieces(name, 5), ...VENDORS[name].end);

      await ask(path, model, true);

      expect(await test.ledger.only()).toMatchObject({ ending: 'completed', usage: estimate(tokensOf(5)) });
    });

    it('is estimated by what came before the stream broke', async () => {
      vendor.handle((request, response) => {
        request.resume();
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(sse(pieces(name, 3)), () => response.destroy());
      });

      await ask(path, model, true);

      expect(await test.ledger.only()).toMatchObject({ ending: 'broken', usage: estimate(tokensOf(3)) });
    });

    it('is estimated by what came before the client left', async () => {
      const gone = new AbortController();
      vendor.handle((request, response) => {
        request.resume();
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(sse(pieces(name, 2)));
      });

      await ask(path, model, true, { signal: gone.signal, onPiece: () => gone.abort() });

      expect(await test.ledger.only()).toMatchObject({ ending: 'client-closed', usage: estimate(tokensOf(2)) });
    });

    it('is none where the vendor refused', async () => {
      vendor.answerWith(400, JSON_TYPE, '{}');

      await ask(path, model, true);

      expect(await test.ledger.only()).toMatchObject({ ending: 'failed', usage: undefined });
    });
  });

  describe('in part', () => {
    const start = {
      type: 'message_start',
      message: {
        id: 'm',
        type: 'message',
        role: 'assistant',
        content: [],
        usage: { input_tokens: 70, output_tokens: 1 },
      },
    };
    const open = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } };

    it.each([
      ['passed through', '/v1/messages'],
      ['translated', '/v1/chat/completions'],
    ])('is the vendor’s word and what came behind it (%s)', async (_, path) => {
      const gone = new AbortController();
      vendor.handle((request, response) => {
        request.resume();
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(sse([start, open, VENDORS.messages.piece, VENDORS.messages.piece]));
      });

      await ask(path, 'claude-1', true, { signal: gone.signal, onPiece: () => gone.abort() });

      expect((await test.ledger.only()).usage).toMatchObject({ input: 70, output: 1 + tokensOf(2), source: 'mixed' });
    });

    it('is the vendor’s alone where it counts with every piece', async () => {
      const usageMetadata = { promptTokenCount: 7, candidatesTokenCount: 3, totalTokenCount: 10 };
      vendor.handle((request, response) => {
        request.resume();
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(sse([{ ...VENDORS.gemini.piece, usageMetadata }]), () => response.destroy());
      });

      await ask('/v1beta/models/gemini-1', 'gemini-1', true);

      expect((await test.ledger.only()).usage).toMatchObject({ input: 7, output: 3, source: 'upstream' });
    });
  });

  it('counts an image as one, not by its length', async () => {
    const image = Buffer.alloc(600_000, 7).toString('base64');
    vendor.answerWith(200, JSON_TYPE, JSON.stringify(VENDORS.messages.whole));
    const content = [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: image } }];

    await ask('/v1/messages', 'claude-1', false, {
      body: { model: 'claude-1', max_tokens: 9, messages: [{ role: 'user', content }] },
    });

    const { usage } = await test.ledger.only();
    expect(usage?.input).toBeGreaterThan(700);
    expect(usage?.input).toBeLessThan(4_000);
  });
});

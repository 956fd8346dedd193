import type { ServerResponse } from 'node:http';
import { GoogleGenAI } from '@google/genai';
import type { JsonObject } from '@sluice/core';
import { KeepAlives } from '@sluice/dispatch';
import { anthropicClient, openAiClient } from './harness/format-client.js';
import { startRawVendor, type RawVendor } from './harness/raw-vendor.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { account, CLIENT_KEY, MODELS } from './harness/test-configuration.js';

const MODEL = MODELS['openai-chat'];
const MESSAGES = [{ role: 'user' as const, content: 'Say it.' }];
const HEADERS = { 'content-type': 'application/json', authorization: `Bearer ${CLIENT_KEY}` };

const COMMENT = ': keep-alive\n\n';
const PING = 'event: ping\ndata: {"type": "ping"}\n\n';

const CHUNK = 'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[';
const SAID = `${CHUNK}{"index":0,"delta":{"role":"assistant","content":"It is said."},"finish_reason":null}]}\n\n`;
const END = `${CHUNK}{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`;
const WHOLE = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'It is said.' }, finish_reason: 'stop' }],
};

/** How each kind of client asks for a stream, what keeps it awake, and how it is told of a failure afterwards. */
const CLIENTS: readonly (readonly [name: string, path: string, body: JsonObject, sign: string, failure: RegExp])[] = [
  [
    'OpenAI Chat',
    '/v1/chat/completions',
    { model: MODEL, messages: MESSAGES, stream: true },
    COMMENT,
    /^data: \{"error":\{"message":"out of order".*\}\n\ndata: \[DONE\]\n\n$/,
  ],
  [
    'Anthropic',
    '/v1/messages',
    { model: MODEL, max_tokens: 64, messages: MESSAGES, stream: true },
    PING,
    /^event: error\ndata: \{"type":"error","error":\{.*"message":"out of order".*\}\n\n$/,
  ],
  [
    'OpenAI Responses',
    '/v1/responses',
    { model: MODEL, input: 'Say it.', stream: true },
    COMMENT,
    /"message":"out of order"/,
  ],
  [
    'Gemini',
    `/v1beta/models/${MODEL}:streamGenerateContent?alt=sse`,
    { contents: [{ role: 'user', parts: [{ text: 'Say it.' }] }] },
    COMMENT,
    /^data: \{"error":\{"code":500,"message":"out of order".*\}\n\n$/,
  ],
  [
    'Gemini without SSE',
    `/v1beta/models/${MODEL}:streamGenerateContent`,
    { contents: [{ role: 'user', parts: [{ text: 'Say it.' }] }] },
    '\n',
    /^\[\{"error":\{"code":500,"message":"out of order".*\}\]$/,
  ],
];

describe('a silent vendor', () => {
  let test: TestGateway;
  let vendor: RawVendor;
  let keepAlives: KeepAlives;
  /** The calls that the vendor has, and has not answered. */
  let open: ServerResponse[];
  beforeAll(async () => {
    [test, vendor] = await Promise.all([startTestGateway(), startRawVendor()]);
    keepAlives = test.gateway.app.get(KeepAlives);
    await test.configure({
      server: { keepAlive: { streamMs: 1, wholeMs: 1 } },
      accounts: [account('openai-chat', vendor.url)],
    });
  });
  beforeEach(() => {
    open = [];
    vendor.handle((request, response) => {
      request.resume();
      request.on('end', () => open.push(response));
    });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => Promise.all([test.stop(), vendor.stop()]));

  const ask = (path: string, body: object): Promise<Response> =>
    fetch(test.url + path, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) });

  /** Waits for the head of an answer that the vendor has not begun: it comes with a sign of life. */
  async function untilHead<T>(answering: Promise<T>): Promise<T> {
    let isHere = false;
    const noted = answering.finally(() => (isHere = true));
    while (!isHere) {
      await nextTurn();
      keepAlives.tick();
    }
    return noted;
  }

  /** Lets the vendor answer the call that it has. */
  async function answerCall(answer: (response: ServerResponse) => void): Promise<void> {
    while (open.length === 0) await nextTurn();
    for (const response of open.splice(0)) answer(response);
  }

  const streaming = (body: string) => (response: ServerResponse) =>
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body);
  const failing = (response: ServerResponse) =>
    response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":{"message":"out of order"}}');

  describe.each(CLIENTS)('does not lose a client of %s', (_name, path, body, sign, failure) => {
    it('which is sent signs of life, and then the answer', async () => {
      const reply = await untilHead(ask(path, body));
      await answerCall(streaming(SAID + END));
      const text = await reply.text();
      const [rest, signs] = withoutSigns(text, sign);

      expect(reply.status).toBe(200);
      expect(reply.headers.get('x-sluice-attempts')).toBe('1');
      expect(signs).toBeGreaterThan(0);
      expect(rest).toContain('It is said.');
      expect(await test.ledger.only()).toMatchObject({ ending: 'completed', status: 200 });
    });

    it('which is told of a failure inside the stream', async () => {
      const reply = await untilHead(ask(path, body));
      await answerCall(failing);
      const [rest, signs] = withoutSigns(await reply.text(), sign);

      expect(reply.status).toBe(200);
      expect(signs).toBeGreaterThan(0);
      expect(rest).toMatch(failure);
      expect(await test.ledger.only()).toMatchObject({ ending: 'failed', status: 200, errorKind: 'upstream_error' });
    });
  });

  it('does not lose a client in the middle of a stream', async () => {
    const [, path, body] = CLIENTS[0] ?? [];
    const answering = ask(path ?? '', body ?? {});
    let call: ServerResponse | undefined;
    await answerCall((response) => {
      call = response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(SAID);
    });
    const reader = ((await answering).body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    while (!text.includes(SAID + COMMENT)) {
      keepAlives.tick();
      await nextTurn();
      keepAlives.tick();
      text += Buffer.from((await reader.read()).value ?? []).toString();
    }
    call?.end(END);
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      text += Buffer.from(piece.value).toString();
    }

    expect(text.replaceAll(COMMENT, '')).toBe(SAID + END);
  });

  describe('is not noticed', () => {
    it('by OpenAI’s SDK', async () => {
      const stream = await untilHead(
        openAiClient(test.url).chat.completions.create({ model: MODEL, messages: MESSAGES, stream: true }),
      );
      await answerCall(streaming(SAID + END));
      let text = '';
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';

      expect(text).toBe('It is said.');
    });

    it('by OpenAI’s SDK that asks for a response', async () => {
      const stream = await untilHead(
        openAiClient(test.url).responses.create({ model: MODEL, input: 'Say it.', stream: true }),
      );
      await answerCall(streaming(SAID + END));
      let text = '';
      for await (const event of stream) text += event.type === 'response.output_text.delta' ? event.delta : '';

      expect(text).toBe('It is said.');
    });

    it('by Anthropic’s SDK, to which a ping comes before the message', async () => {
      const stream = await untilHead(
        anthropicClient(test.url).messages.create({ model: MODEL, max_tokens: 64, messages: MESSAGES, stream: true }),
      );
      await answerCall(streaming(SAID + END));
      const types: string[] = [];
      for await (const event of stream) types.push(event.type);

      expect([types[0], types.at(-1)]).toEqual(['message_start', 'message_stop']);
    });

    it('by Google’s SDK', async () => {
      const sdk = new GoogleGenAI({ apiKey: CLIENT_KEY, httpOptions: { baseUrl: test.url } });
      const stream = await untilHead(sdk.models.generateContentStream({ model: MODEL, contents: 'Say it.' }));
      await answerCall(streaming(SAID + END));
      let text = '';
      for await (const chunk of stream) text += chunk.text ?? '';

      expect(text).toBe('It is said.');
    });
  });

  describe('that gives a whole answer', () => {
    const path = '/v1/chat/completions';
    const body = { model: MODEL, messages: MESSAGES };

    it('gives it behind blank lines', async () => {
      const reply = await untilHead(ask(path, body));
      await answerCall((response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(WHOLE)),
      );
      const text = await reply.text();

      expect(text).toMatch(/^\n+\{/);
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/json']);
      expect(JSON.parse(text)).toEqual(WHOLE);
    });

    it('fails behind them, with the status that was sent', async () => {
      const reply = await untilHead(ask(path, body));
      await answerCall(failing);

      expect(reply.status).toBe(200);
      expect(await reply.json()).toMatchObject({ error: { message: 'out of order' } });
    });
  });
});

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What follows the signs of life in front of an answer, and how many there were. */
function withoutSigns(text: string, sign: string): [rest: string, signs: number] {
  let rest = text;
  let signs = 0;
  for (; rest.startsWith(sign); signs += 1) rest = rest.slice(sign.length);
  return [rest, signs];
}

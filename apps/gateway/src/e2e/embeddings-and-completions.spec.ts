import { sendRaw, type RawCall, type RawReply } from '@sluice/testing';
import { openAiClient } from './harness/format-client.js';
import { startRawVendor, type RawVendor } from './harness/raw-vendor.js';
import { refusalOf } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { CLIENT_KEY, SPARE_VENDOR_KEY, VENDOR_KEY } from './harness/test-configuration.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const EMBEDDING = {
  object: 'list',
  data: [{ object: 'embedding', index: 0, embedding: [0.5, -1] }],
  model: 'embed-1',
  usage: { prompt_tokens: 7, total_tokens: 7 },
};
const CHUNKS = [
  {
    id: 'c',
    object: 'text_completion',
    created: 1,
    model: 'old',
    choices: [{ text: 'one ', index: 0, logprobs: null, finish_reason: null }],
  },
  {
    id: 'c',
    object: 'text_completion',
    created: 1,
    model: 'old',
    choices: [{ text: 'two', index: 0, logprobs: null, finish_reason: 'length' }],
  },
];
const USAGE = {
  id: 'c',
  object: 'text_completion',
  created: 1,
  model: 'old',
  choices: [],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
};
const sse = (items: readonly object[]): string =>
  [...items.map((item) => JSON.stringify(item)), '[DONE]'].map((data) => `data: ${data}\n\n`).join('');

describe('OpenAI’s formats that only pass through', () => {
  let test: TestGateway;
  let vendor: RawVendor;
  let spare: RawVendor;
  beforeAll(async () => {
    [test, vendor, spare] = await Promise.all([startTestGateway(), startRawVendor(), startRawVendor()]);
    const members = { models: ['embed-1', 'old'], cooldown: { enabled: false } };
    await test.configure({
      server: { maxBodyBytes: 4096 },
      accounts: [
        { id: 'first', provider: 'openai', baseUrl: `${vendor.url}/v1`, apiKey: VENDOR_KEY, ...members },
        {
          id: 'second',
          provider: 'openai-compatible',
          baseUrl: `${spare.url}/v1`,
          apiKey: SPARE_VENDOR_KEY,
          priority: 1,
          ...members,
        },
        { id: 'claude', provider: 'anthropic', baseUrl: vendor.url, apiKey: VENDOR_KEY, models: ['claude-test'] },
      ],
      models: [{ alias: 'vectors', targets: ['embed-1'] }],
    });
  });
  afterEach(async () => {
    await test.checkAfterTest();
    vendor.reset();
    spare.reset();
  });
  afterAll(() => Promise.all([test.stop(), vendor.stop(), spare.stop()]));

  const send = (path: string, call: RawCall): Promise<RawReply> =>
    sendRaw(test.url + path, {
      ...call,
      headers: { ...JSON_TYPE, authorization: `Bearer ${CLIENT_KEY}`, ...call.headers },
    });

  describe('embeddings', () => {
    it('reach the official SDK, and their usage the record', async () => {
      vendor.answerWith(200, JSON_TYPE, JSON.stringify(EMBEDDING));

      const { data } = await openAiClient(test.url).embeddings.create({
        model: 'vectors',
        input: 'text',
        encoding_format: 'float',
      });

      expect(data[0]?.embedding).toEqual([0.5, -1]);
      expect(vendor.requests).toMatchObject([{ method: 'POST', target: '/v1/embeddings' }]);
      expect(JSON.parse(vendor.requests[0]?.body.toString() ?? '')).toEqual({
        model: 'embed-1',
        input: 'text',
        encoding_format: 'float',
      });
      expect(await test.ledger.only()).toMatchObject({
        clientFormat: 'openai-embeddings',
        upstreamFormat: 'openai-embeddings',
        usage: { input: 7, output: 0, source: 'upstream' },
      });
    });

    it('pass byte for byte', async () => {
      const body = '{ "data":[{"embedding":"AAAAPwAAgL8=","index":0}], "n":12345678901234567890 }';
      vendor.answerWith(200, JSON_TYPE, body);

      const reply = await send('/v1/embeddings', { body: '{"model":"embed-1","input":[[1,2.0]]}' });

      expect(reply.text).toBe(body);
      expect(vendor.requests[0]?.body.toString()).toBe('{"model":"embed-1","input":[[1,2.0]]}');
    });

    it('come from the next account when the first fails', async () => {
      vendor.answerWith(429, JSON_TYPE, '{"error":{"message":"slow","code":"rate_limit_exceeded"}}');
      spare.answerWith(200, JSON_TYPE, JSON.stringify(EMBEDDING));

      const reply = await send('/v1/embeddings', { body: { model: 'embed-1', input: 'x' } });

      expect([reply.status, reply.headers['x-sluice-attempts']]).toEqual([200, '2']);
    });

    it('are refused for a model whose vendor has none', async () => {
      const reply = await send('/v1/embeddings', { body: { model: 'claude-test', input: 'x' } });

      expect(reply.status).toBe(501);
      expect(JSON.parse(reply.text)).toMatchObject({ error: { code: 'unsupported_translation' } });
    });
  });

  describe('completions', () => {
    it('stream to the official SDK, with usage for us that the client did not ask for', async () => {
      vendor.answerWith(200, { 'content-type': 'text/event-stream' }, sse([...CHUNKS, USAGE]));

      const stream = await openAiClient(test.url).completions.create({ model: 'old', prompt: 'count', stream: true });
      const seen: string[] = [];
      for await (const chunk of stream) seen.push(chunk.choices[0]?.text ?? 'no choice');

      expect(seen).toEqual(['one ', 'two']);
      expect(JSON.parse(vendor.requests[0]?.body.toString() ?? '')).toMatchObject({
        stream_options: { include_usage: true },
      });
      expect(await test.ledger.only()).toMatchObject({
        usage: { input: 3, output: 2 },
        finishReason: { unified: 'length', raw: 'length' },
      });
    });

    it('show usage to a client that asked for it', async () => {
      vendor.answerWith(200, { 'content-type': 'text/event-stream' }, sse([...CHUNKS, USAGE]));

      const body = { model: 'old', prompt: 'count', stream: true, stream_options: { include_usage: true } };
      const reply = await send('/v1/completions', { body });

      expect(reply.text).toBe(sse([...CHUNKS, USAGE]));
    });

    it('come whole', async () => {
      const answer = { ...CHUNKS[1], usage: USAGE.usage };
      vendor.answerWith(200, JSON_TYPE, JSON.stringify(answer));

      const completion = await openAiClient(test.url).completions.create({ model: 'old', prompt: 'count' });

      expect(completion.choices[0]?.text).toBe('two');
      expect(await test.ledger.only()).toMatchObject({ usage: { input: 3, output: 2 } });
    });

    it('end with an error when the vendor broke off', async () => {
      vendor.handle((request, response) => {
        request.resume();
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`data: ${JSON.stringify(CHUNKS[0])}\n\n`, () => response.destroy());
      });

      const reply = await send('/v1/completions', { body: { model: 'old', prompt: 'x', stream: true } });

      expect(reply.text).toContain('"code":"upstream_truncated"');
      expect(reply.text).toMatch(/data: \[DONE\]\n\n$/);
    });

    it('end at the vendor when the client goes', async () => {
      const gone = new AbortController();
      const closed = new Promise<void>((resolve) => {
        vendor.handle((request, response) => {
          request.resume();
          response.on('close', resolve);
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write(`data: ${JSON.stringify(CHUNKS[0])}\n\n`);
        });
      });

      await send('/v1/completions', {
        body: { model: 'old', prompt: 'x', stream: true },
        signal: gone.signal,
        onPiece: () => gone.abort(),
      });

      await closed;
      expect(await test.ledger.only()).toMatchObject({ ending: 'client-closed' });
    });
  });

  describe.each(['/v1/embeddings', '/v1/completions'])('%s', (path) => {
    it.each([
      [401, { headers: { authorization: 'Bearer wrong' }, body: {} }, 'invalid_api_key'],
      [404, { body: { model: 'none' } }, 'model_not_found'],
      [405, { method: 'GET' }, 'method_not_allowed'],
      [413, { body: 'x'.repeat(5000) }, 'request_too_large'],
      [400, { body: {} }, 'invalid_request'],
    ])('answers %d in OpenAI’s words', async (status, call: RawCall, code) => {
      const reply = await send(path, call);

      expect(reply.status).toBe(status);
      expect(JSON.parse(reply.text)).toMatchObject({ error: { code } });
    });

    it('shows the vendor’s own refusal', async () => {
      const error = {
        message: 'too long',
        type: 'invalid_request_error',
        param: 'input',
        code: 'context_length_exceeded',
      };
      vendor.answerWith(400, JSON_TYPE, JSON.stringify({ error }));

      const reply = await send(path, { body: { model: 'old' } });

      expect([reply.status, JSON.parse(reply.text)]).toEqual([400, { error }]);
    });
  });

  it('raises the SDK’s own error', async () => {
    const { error } = await refusalOf(openAiClient(test.url, 'wrong').embeddings.create({ model: 'old', input: 'x' }));

    expect(error).toMatchObject({ name: 'AuthenticationError', status: 401, code: 'invalid_api_key' });
  });
});

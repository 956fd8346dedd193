import { GoogleGenAI } from '@google/genai';
import { sendRaw, type RawCall, type RawReply } from '@sluice/testing';
import { anthropicClient, openAiClient } from './harness/format-client.js';
import { startRawVendor, type RawVendor } from './harness/raw-vendor.js';
import { refusalOf } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { CLIENT_KEY, VENDOR_KEY } from './harness/test-configuration.js';

const JSON_TYPE = { 'content-type': 'application/json' };
/** Each number is a 32-bit float, so that base64 loses nothing. */
const VECTORS = [
  [0.5, -1.25],
  [2, 0],
];
const BATCH = JSON.stringify({ embeddings: VECTORS.map((values) => ({ values })) });

describe('an account at Google', () => {
  let test: TestGateway;
  let vendor: RawVendor;
  let sdk: GoogleGenAI;
  beforeAll(async () => {
    [test, vendor] = await Promise.all([startTestGateway(), startRawVendor()]);
    await test.configure({
      accounts: [
        {
          id: 'google',
          provider: 'gemini',
          baseUrl: vendor.url,
          apiKey: VENDOR_KEY,
          models: ['embed-1', 'gemini-1'],
          cooldown: { enabled: false },
        },
      ],
      models: [
        { alias: 'vectors', targets: ['embed-1'] },
        { alias: 'quick', targets: ['gemini-1'] },
      ],
    });
    sdk = new GoogleGenAI({ apiKey: CLIENT_KEY, httpOptions: { baseUrl: test.url } });
  });
  afterEach(async () => {
    await test.checkAfterTest();
    vendor.reset();
  });
  afterAll(() => Promise.all([test.stop(), vendor.stop()]));

  const send = (path: string, call: RawCall = {}): Promise<RawReply> =>
    sendRaw(test.url + path, { ...call, headers: { ...JSON_TYPE, 'x-goog-api-key': CLIENT_KEY, ...call.headers } });
  const asked = (): unknown => JSON.parse(vendor.requests[0]?.body.toString() ?? '');

  describe('asked for embeddings in OpenAI’s words', () => {
    it.each([
      ['numbers', 'float', 'vectors'],
      ['base64', undefined, 'vectors'],
      ['numbers under the vendor’s name', 'float', 'embed-1'],
    ] as const)('answers the official SDK with %s', async (_, encoding, model) => {
      vendor.answerWith(200, JSON_TYPE, BATCH);

      const list = await openAiClient(test.url).embeddings.create({
        model,
        input: ['one', 'two'],
        dimensions: 2,
        ...(encoding !== undefined && { encoding_format: encoding }), // unless told otherwise the SDK asks for base64
      });

      expect(list.data.map(({ index, embedding }) => [index, embedding])).toEqual(
        VECTORS.map((vector, at) => [at, vector]),
      );
      expect(list.model).toBe(model);
      expect(vendor.requests).toMatchObject([
        {
          method: 'POST',
          target: '/v1beta/models/embed-1:batchEmbedContents',
          headers: { 'x-goog-api-key': VENDOR_KEY },
        },
      ]);
      expect(asked()).toEqual({
        requests: ['one', 'two'].map((text) => ({
          model: 'models/embed-1',
          content: { parts: [{ text }] },
          outputDimensionality: 2,
        })),
      });
    });

    it('meters by the length of the request where the vendor does not count', async () => {
      vendor.answerWith(200, JSON_TYPE, '{"embeddings":[{"values":[1]}]}');
      const body = '{"model":"embed-1","input":"text"}';

      await send('/v1/embeddings', { body, headers: { authorization: `Bearer ${CLIENT_KEY}` } });

      expect(await test.ledger.only()).toMatchObject({
        clientFormat: 'openai-embeddings',
        upstreamFormat: 'gemini-embeddings',
        ending: 'completed',
        usage: { input: Math.ceil(body.length / 4), output: 0, source: 'estimated' },
      });
    });

    it('meters what the vendor counts', async () => {
      vendor.answerWith(200, JSON_TYPE, '{"embeddings":[{"values":[1]}],"usageMetadata":{"promptTokenCount":7}}');

      const list = await openAiClient(test.url).embeddings.create({
        model: 'embed-1',
        input: 'a',
        encoding_format: 'float',
      });

      expect(list.usage).toEqual({ prompt_tokens: 7, total_tokens: 7 });
      expect((await test.ledger.only()).usage).toMatchObject({ input: 7, output: 0, source: 'upstream' });
    });

    it.each([
      [400, { error: { code: 400, message: 'too long', status: 'INVALID_ARGUMENT' } }, 'BadRequestError'],
      [429, { error: { code: 429, message: 'slow', status: 'RESOURCE_EXHAUSTED' } }, 'RateLimitError'],
      [404, { error: { code: 404, message: 'no such model', status: 'NOT_FOUND' } }, 'NotFoundError'],
    ])('says %d in OpenAI’s words', async (status, body, name) => {
      vendor.answerWith(status, JSON_TYPE, JSON.stringify(body));

      const { error } = await refusalOf(openAiClient(test.url).embeddings.create({ model: 'embed-1', input: 'a' }));

      expect(error).toMatchObject({ name, status, message: body.error.message });
    });

    it.each([
      ['tokens', [1, 2, 3], /tokens/],
      ['more texts than one call takes', Array.from({ length: 101 }, () => 'a'), /at most 100/],
    ])('refuses %s before anybody is asked', async (_, input, message) => {
      const { error } = await refusalOf(openAiClient(test.url).embeddings.create({ model: 'embed-1', input }));

      expect(error).toMatchObject({ name: 'BadRequestError', message: expect.stringMatching(message) as string });
      expect(vendor.requests).toHaveLength(0);
    });

    it('calls fewer vectors than texts a broken answer', async () => {
      vendor.answerWith(200, JSON_TYPE, '{"embeddings":[{"values":[1]}]}');

      const { error } = await refusalOf(
        openAiClient(test.url).embeddings.create({ model: 'embed-1', input: ['a', 'b'] }),
      );

      expect(error).toMatchObject({ status: 502, code: 'upstream_invalid_response' });
    });

    it('ends at the vendor when the client goes', async () => {
      const gone = new AbortController();
      const closed = new Promise<void>((resolve) => {
        vendor.handle((request, response) => {
          request.resume();
          response.on('close', resolve);
          response.writeHead(200, JSON_TYPE);
          response.write('{"embeddings":', () => gone.abort());
        });
      });

      await send('/v1/embeddings', { body: { model: 'embed-1', input: 'a' }, signal: gone.signal });

      await closed;
      expect(await test.ledger.only()).toMatchObject({ ending: 'client-closed' });
    });
  });

  describe('asked for embeddings in Google’s words', () => {
    it('answers the official SDK, and the usage is the vendor’s', async () => {
      vendor.answerWith(200, JSON_TYPE, '{"embeddings":[{"values":[0.1]}],"usageMetadata":{"promptTokenCount":3}}');

      const { embeddings } = await sdk.models.embedContent({ model: 'vectors', contents: 'text' });

      expect(embeddings?.[0]?.values).toEqual([0.1]);
      expect(vendor.requests).toMatchObject([{ target: '/v1beta/models/embed-1:batchEmbedContents' }]);
      expect(asked()).toMatchObject({ requests: [{ model: 'models/embed-1' }] });
      expect(await test.ledger.only()).toMatchObject({
        clientFormat: 'gemini-embeddings',
        requestedModel: 'vectors',
        upstreamModel: 'embed-1',
        usage: { input: 3, output: 0, source: 'upstream' },
      });
    });

    it('passes one text byte for byte', async () => {
      vendor.answerWith(200, JSON_TYPE, '{ "embedding": {"values":[0.10]} }');
      const body = '{ "content": {"parts":[{"text":"a"}]}, "outputDimensionality": 1.0 }';

      const reply = await send('/v1beta/models/embed-1:embedContent', { body });

      expect(reply.text).toBe('{ "embedding": {"values":[0.10]} }');
      expect(vendor.requests).toMatchObject([
        { target: '/v1beta/models/embed-1:embedContent', body: Buffer.from(body) },
      ]);
      expect((await test.ledger.only()).usage).toMatchObject({ output: 0, source: 'estimated' });
    });

    it('says the vendor’s refusal as it is', async () => {
      const body = { error: { code: 400, message: 'too long', status: 'INVALID_ARGUMENT' } };
      vendor.answerWith(400, JSON_TYPE, JSON.stringify(body));

      const reply = await send('/v1beta/models/embed-1:embedContent', { body: {} });

      expect([reply.status, JSON.parse(reply.text)]).toEqual([400, body]);
    });
  });

  describe('asked how large a request is', () => {
    beforeEach(() => vendor.answerWith(200, JSON_TYPE, '{"totalTokens":31,"promptTokensDetails":[]}'));

    it('gives the vendor’s count to the official SDK', async () => {
      const answer = await sdk.models.countTokens({ model: 'quick', contents: 'How many are these?' });

      expect(answer.totalTokens).toBe(31);
      expect(vendor.requests).toMatchObject([
        { target: '/v1beta/models/gemini-1:countTokens', headers: { 'x-goog-api-key': VENDOR_KEY } },
      ]);
      expect(await test.ledger.only()).toMatchObject({ attempts: 1, usage: { input: 0, output: 0 } });
    });

    it('gives it to clients of Anthropic too, in their words', async () => {
      const question = {
        model: 'quick',
        messages: [{ role: 'user' as const, content: 'How many?' }],
        system: 'Be brief.',
      };

      const { data, response } = await anthropicClient(test.url).messages.countTokens(question).withResponse();

      expect(data).toEqual({ input_tokens: 31 });
      expect(response.headers.get('x-sluice-token-count')).toBe('upstream');
      expect(asked()).toEqual({
        generateContentRequest: {
          model: 'models/gemini-1',
          systemInstruction: { parts: [{ text: 'Be brief.' }] },
          contents: [{ role: 'user', parts: [{ text: 'How many?' }] }],
        },
      });
    });

    it.each([
      [429, '{"error":{"code":429,"message":"slow","status":"RESOURCE_EXHAUSTED"}}'],
      [200, '{}'],
    ])('leaves it to an estimate where the vendor answers %d %s', async (status, body) => {
      vendor.answerWith(status, JSON_TYPE, body);

      const { data, response } = await anthropicClient(test.url)
        .messages.countTokens({ model: 'quick', messages: [{ role: 'user', content: 'How many are these?' }] })
        .withResponse();

      expect(data.input_tokens).toBeGreaterThan(4);
      expect(response.headers.get('x-sluice-token-count')).toBe('estimated');
    });
  });

  it.each(['/v1beta/files?pageSize=2', '/v1beta/cachedContents/c1', '/v1beta/models/gemini-1:predictLongRunning'])(
    'takes %s whole',
    async (path) => {
      vendor.answerWith(200, JSON_TYPE, '{"a":1}');

      const reply = await send(path, { method: path.includes(':') ? 'POST' : 'GET' });

      expect([reply.status, reply.text]).toEqual([200, '{"a":1}']);
      expect(vendor.requests).toMatchObject([{ target: path, headers: { 'x-goog-api-key': VENDOR_KEY } }]);
    },
  );
});

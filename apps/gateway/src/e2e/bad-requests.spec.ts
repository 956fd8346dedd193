import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { JsonObject } from '@sluice/core';
import { sendRaw, type RawCall, type RawReply } from '@sluice/testing';
import { assertClean } from './harness/after-test-checks.js';
import { anthropicClient, FORMAT_CLIENTS, openAiClient, type FormatClient } from './harness/format-client.js';
import { refusalOf, type SeenError } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { CLIENT_KEY, OPERATOR_KEY } from './harness/test-configuration.js';

const MAX_BODY_BYTES = 4096;

/** The error of a body, whichever format it is in. */
interface ErrorWords {
  readonly type: unknown;
  readonly code: unknown;
  readonly message: unknown;
}

/** How each format spells a kind of failure of ours. */
const TYPES: Readonly<Record<FormatClient['format'], Readonly<Record<string, string>>>> = {
  'openai-chat': {
    invalid_request: 'invalid_request_error',
    invalid_api_key: 'authentication_error',
    method_not_allowed: 'invalid_request_error',
    model_not_found: 'invalid_request_error',
    not_found: 'invalid_request_error',
    permission_denied: 'permission_error',
    request_too_large: 'invalid_request_error',
    unsupported_media_type: 'invalid_request_error',
  },
  'anthropic-messages': {
    invalid_request: 'invalid_request_error',
    invalid_api_key: 'authentication_error',
    method_not_allowed: 'invalid_request_error',
    model_not_found: 'not_found_error',
    not_found: 'not_found_error',
    permission_denied: 'permission_error',
    request_too_large: 'request_too_large',
    unsupported_media_type: 'invalid_request_error',
  },
};

function wordsIn(format: FormatClient['format'], text: string): ErrorWords {
  const body = JSON.parse(text) as { error: JsonObject & { details?: JsonObject } };
  const { type, code, message, details } = body.error;
  return { type, message, code: format === 'openai-chat' ? code : details?.['error_code'] };
}

describe.each(FORMAT_CLIENTS)('a bad request ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({
      server: { maxBodyBytes: MAX_BODY_BYTES },
      apiKeys: [
        { name: 'app', key: CLIENT_KEY },
        { name: 'narrow', key: OPERATOR_KEY, models: ['gpt-else', 'claude-else'] },
      ],
    });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const send = (call: RawCall, path = client.path): Promise<RawReply> =>
    sendRaw(test.url + path, { ...call, headers: { ...client.headers, ...call.headers } });

  function expectRefusal(reply: RawReply, status: number, code: string, message: RegExp): void {
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toBe('application/json');
    expect(wordsIn(client.format, reply.text)).toEqual({
      type: TYPES[client.format][code],
      code,
      message: expect.stringMatching(message) as string,
    });
    assertClean(reply.text);
    assertClean(JSON.stringify(reply.headers));
    expect(test.vendor.requests).toHaveLength(0);
  }

  it.each([
    ['nothing', '', /^The body is empty; a JSON object is expected\.$/],
    ['half a body', '{"model": "gpt-test", "messages": [', /not valid JSON: it ends too early \(after character 35\)/],
    ['no JSON', '{"model": nonsense}', /not valid JSON: unexpected content at character 1\d\./],
    ['an array', '[{"model":"gpt-test"}]', /must be a JSON object, but it is an array/],
    ['no model', '{"messages": []}', /"model" must be a non-empty string, but it is missing/],
    ['a model that is null', '{"model": null}', /"model" must be a non-empty string, but it is null/],
    ['a model that is a number', '{"model": 4}', /"model" must be a non-empty string, but it is a number/],
    ['an empty model', '{"model": ""}', /"model" must be a non-empty string, but it is an empty string/],
    ['a stream that is a word', '{"model": "gpt-test", "stream": "yes"}', /"stream" must be true or false/],
  ])('with %s is refused and says what is wrong', async (_, body, message) => {
    const reply = await send({ body });

    expectRefusal(reply, 400, 'invalid_request', message);
    expect(await test.ledger.only()).toMatchObject({ ending: 'failed', status: 400, attempts: 0 });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'of the type %s is refused',
    async (type) => {
      const reply = await send({ body: client.body(), headers: { 'content-type': type } });

      expectRefusal(reply, 415, 'unsupported_media_type', /content-type: application\/json/);
    },
  );

  it.each(['application/json; charset=utf-8', 'application/vnd.acme+json'])(
    'of the type %s is served',
    async (type) => {
      const reply = await send({ body: client.body(), headers: { 'content-type': type } });

      expect(reply.status).toBe(200);
    },
  );

  describe('for an unknown model', () => {
    it.each([
      [`${client.model}s`, `No account serves the model "${client.model}s". Near names: ${client.model}.`],
      [
        'nowhere-near-it-9000',
        'No account serves the model "nowhere-near-it-9000". GET /v1/models lists the names to use.',
      ],
    ])('%s raises NotFoundError', async (model, message) => {
      const { error } = await refusalOf(client.ask(test.url, { model }));

      const type = TYPES[client.format]['model_not_found'];
      expect(error).toEqual({ name: 'NotFoundError', status: 404, type, code: 'model_not_found', message });
      expect(test.vendor.requests).toHaveLength(0);
    });
  });

  it.each(['__proto__', 'constructor', 'toString'])('for a model %s finds none', async (model) => {
    const reply = await send({ body: client.body({ model }) });

    expectRefusal(reply, 404, 'model_not_found', new RegExp(`^No account serves the model "${model}"\\.`));
  });

  it('for a model with an endless name gets a short answer and makes a short line', async () => {
    const reply = await send({ body: client.body({ model: 'x'.repeat(MAX_BODY_BYTES / 2) }) });

    expectRefusal(reply, 404, 'model_not_found', /^No account serves the model "x{10,512}…"/);
    await test.ledger.allSettled();
    expect(test.log.join('').length).toBeLessThan(1_500);
  });

  describe('without the right key', () => {
    const ask = (key: string): Promise<unknown> =>
      client.format === 'openai-chat'
        ? openAiClient(test.url, key).chat.completions.create({ model: client.model, messages: [] })
        : anthropicClient(test.url, key).messages.create({ model: client.model, max_tokens: 1, messages: [] });
    const refusal = (status: number, name: string, code: string, message: string): SeenError => ({
      name,
      status,
      type: TYPES[client.format][code] ?? '',
      code,
      message: expect.stringContaining(message) as string,
    });

    it('raises AuthenticationError, and does not repeat the key', async () => {
      const { error, headers } = await refusalOf(ask('wrong-secret-4715'));

      expect(error).toEqual(refusal(401, 'AuthenticationError', 'invalid_api_key', 'is not known to this gateway'));
      expect(JSON.stringify([error, ...headers, ...test.log])).not.toContain('wrong-secret-4715');
    });

    it('is told how a key is sent', async () => {
      const reply = await sendRaw(test.url + client.path, {
        body: client.body(),
        headers: { 'content-type': 'application/json' },
      });

      expectRefusal(reply, 401, 'invalid_api_key', /No API key was sent\. Send one as "Authorization: Bearer <key>"/);
    });

    it('is not told which models there are when its key may not use them', async () => {
      const { error } = await refusalOf(ask(OPERATOR_KEY));

      expect(error).toEqual(refusal(403, 'PermissionDeniedError', 'permission_denied', client.model));
    });

    it('is refused before its body has been sent', async () => {
      const reply = await sendRaw(test.url + client.path, {
        body: Buffer.alloc(8 * 1024 * 1024, ' '),
        headers: { 'content-type': 'application/json', authorization: 'Bearer wrong-secret-4715' },
      });

      expectRefusal(reply, 401, 'invalid_api_key', /is not known/);
      expect(await test.ledger.only()).toMatchObject({ bytesIn: 0 });
    });
  });

  describe('with a body over the limit', () => {
    const large = client.body({ padding: 'x'.repeat(MAX_BODY_BYTES) });

    it('is refused by its declared length', async () => {
      expectRefusal(await send({ body: large }), 413, 'request_too_large', /larger than 4096 bytes|larger than 4 KiB/);
    });

    it('is refused by what arrives', async () => {
      const reply = await send({ body: large, headers: { 'transfer-encoding': 'chunked' } });

      expectRefusal(reply, 413, 'request_too_large', /larger than/);
    });

    it('is refused by what it unpacks to', async () => {
      const bomb = gzipSync(Buffer.alloc(16 * 1024 * 1024));
      expect(bomb.length).toBeGreaterThan(MAX_BODY_BYTES);
      const small = gzipSync(JSON.stringify(large));
      expect(small.length).toBeLessThan(MAX_BODY_BYTES);

      for (const body of [bomb, small]) {
        const reply = await send({ body, headers: { 'content-encoding': 'gzip' } });
        expectRefusal(reply, 413, 'request_too_large', /larger than/);
      }
    });

    it('may be exactly as large as the limit', async () => {
      const rest = MAX_BODY_BYTES - Buffer.byteLength(JSON.stringify(client.body({ metadata: {}, padding: '' })));
      const body = JSON.stringify(client.body({ metadata: {}, padding: 'x'.repeat(rest) }));

      const reply = await send({ body });

      expect(Buffer.byteLength(body)).toBe(MAX_BODY_BYTES);
      expect(reply.status).toBe(200);
    });
  });

  describe('with a compressed body', () => {
    const plain = Buffer.from(JSON.stringify(client.body()));

    it.each([
      ['gzip', gzipSync(plain)],
      ['deflate', deflateSync(plain)],
      ['br', brotliCompressSync(plain)],
      ['identity', plain],
    ])('is served when it is %s, and the vendor gets it plain', async (encoding, body) => {
      const reply = await send({ body, headers: { 'content-encoding': encoding } });

      expect(reply.status).toBe(200);
      expect(test.vendor.requests[0]?.body).toEqual(plain);
      expect(test.vendor.requests[0]?.headers['content-encoding']).toBeUndefined();
    });

    it.each(['compress', 'gzip, gzip', 'rot13'])('is refused when it is %s', async (encoding) => {
      const reply = await send({ body: plain, headers: { 'content-encoding': encoding } });

      expectRefusal(reply, 415, 'unsupported_media_type', /content-encoding "[^"]+" is not supported; send one of/);
    });

    it('is refused when it is not what it says', async () => {
      const reply = await send({ body: plain, headers: { 'content-encoding': 'gzip' } });

      expectRefusal(reply, 400, 'invalid_request', /not valid gzip/);
    });
  });

  describe('with the wrong method', () => {
    it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s is told which one is right', async (method) => {
      const reply = await send({ method });

      expectRefusal(reply, 405, 'method_not_allowed', /takes POST/);
      expect(reply.headers['allow']).toBe('POST, OPTIONS');
    });
  });

  it('for a route that does not exist is told so', async () => {
    const reply = await send({ body: client.body() }, '/v3/nowhere');

    expectRefusal(reply, 404, 'not_found', /^There is no route POST \/v3\/nowhere\. GET \/ lists the routes\.$/);
  });
});

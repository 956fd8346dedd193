import { ApiError, GoogleGenAI } from '@google/genai';
import type { JsonObject } from '@sluice/core';
import { sendRaw, type RawCall, type RawReply } from '@sluice/testing';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { CLIENT_KEY } from './harness/test-configuration.js';

const MODEL = '/v1beta/models/gpt-test';
const BODY = { contents: [{ role: 'user', parts: [{ text: 'Say it.' }] }] };

/** One element of a stream of Google's: a piece of an answer, or a failure. */
interface Element {
  readonly candidates?: readonly { readonly content?: { readonly parts?: readonly { readonly text?: string }[] } }[];
  readonly error?: JsonObject;
}

const textOf = (elements: readonly Element[]): string =>
  elements.map(({ candidates }) => candidates?.[0]?.content?.parts?.[0]?.text ?? '').join('');

describe('Gemini’s routes', () => {
  let test: TestGateway;
  let sdk: GoogleGenAI;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({ server: { maxBodyBytes: 4096 } });
    sdk = new GoogleGenAI({ apiKey: CLIENT_KEY, httpOptions: { baseUrl: test.url } });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const send = (path: string, call: RawCall = {}): Promise<RawReply> =>
    sendRaw(test.url + path, {
      body: BODY,
      ...call,
      headers: { 'content-type': 'application/json', 'x-goog-api-key': CLIENT_KEY, ...call.headers },
    });

  it.each([['gpt-test'], ['claude-test']])('answer the official SDK, with %s behind them', async (model) => {
    test.vendor.next({ text: 'It is said.' });

    const answer = await sdk.models.generateContent({ model, contents: 'Say it.' });

    expect(answer.text).toBe('It is said.');
    expect(await test.ledger.only()).toMatchObject({ clientFormat: 'gemini', ending: 'completed' });
  });

  it('stream to the official SDK', async () => {
    test.vendor.next({ text: 'It is said.' });

    let text = '';
    for await (const chunk of await sdk.models.generateContentStream({ model: 'gpt-test', contents: 'Say it.' })) {
      text += chunk.text ?? '';
    }

    expect(text).toBe('It is said.');
  });

  it('answer under /v1 too, and take the key from the query', async () => {
    const reply = await sendRaw(`${test.url}/v1beta/models/gpt-test:generateContent?key=${CLIENT_KEY}`, {
      body: BODY,
      headers: { 'content-type': 'application/json' },
    });

    expect(reply.status).toBe(200);
    expect((await send('/v1/models/gpt-test:generateContent')).status).toBe(200);
  });

  describe('without alt=sse', () => {
    const stream = (): Promise<RawReply> => send(`${MODEL}:streamGenerateContent`);

    it('stream one JSON array, element by element', async () => {
      test.vendor.next({ text: 'It is said.' });

      const reply = await stream();

      expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(textOf(JSON.parse(reply.text) as Element[])).toBe('It is said.');
      expect(reply.pieces.length).toBeGreaterThan(2);
    });

    it.each([
      ['an error inside its stream', { errorInStream: 'after' } as const],
      ['a reset', { resetAfterChunks: 3 }],
      ['an end that is none', { truncate: true }],
    ])('have %s of the vendor’s as their last element', async (_, behaviour) => {
      test.vendor.next(behaviour);

      const elements = JSON.parse((await stream()).text) as Element[];

      expect(elements.at(-1)).toEqual({ error: expect.objectContaining({ status: 'INTERNAL' }) as object });
      expect(textOf(elements)).not.toBe('');
    });

    it('answer a refusal as an object', async () => {
      test.vendor.next({ status: 400, message: 'no' });

      const reply = await stream();

      expect([reply.status, JSON.parse(reply.text)]).toMatchObject([400, { error: { status: 'INVALID_ARGUMENT' } }]);
    });

    it('end at the vendor when the client goes', async () => {
      const gone = new AbortController();
      test.vendor.next({ chunks: 1000, hangAfterChunks: 2 });

      const reply = await send(`${MODEL}:streamGenerateContent`, { signal: gone.signal, onPiece: () => gone.abort() });

      expect(reply.ending).toBe('aborted');
      expect(await test.ledger.only()).toMatchObject({ ending: 'client-closed' });
    });
  });

  describe(':countTokens', () => {
    it('estimates for the official SDK', async () => {
      const { totalTokens } = await sdk.models.countTokens({ model: 'gpt-test', contents: 'How many are these?' });

      expect(totalTokens).toBeGreaterThan(8);
      expect(totalTokens).toBeLessThan(20);
    });

    it('says that it is an estimate', async () => {
      const reply = await send(`${MODEL}:countTokens`);

      expect(reply.headers['x-sluice-token-count']).toBe('estimated');
    });
  });

  it.each([
    [400, `${MODEL}:generateContent`, { body: '[' }, 'INVALID_ARGUMENT'],
    [401, `${MODEL}:generateContent`, { headers: { 'x-goog-api-key': 'wrong' } }, 'UNAUTHENTICATED'],
    [404, '/v1beta/models/none:generateContent', {}, 'NOT_FOUND'],
    [404, '/v1beta/models/none:countTokens', {}, 'NOT_FOUND'],
    [404, `${MODEL}:generateAnswer`, {}, 'NOT_FOUND'],
    [501, `${MODEL}:embedContent`, {}, 'UNIMPLEMENTED'],
    [405, `${MODEL}:generateContent`, { method: 'GET', body: '' }, 'INVALID_ARGUMENT'],
    [413, `${MODEL}:generateContent`, { body: 'x'.repeat(5000) }, 'INVALID_ARGUMENT'],
    [415, `${MODEL}:generateContent`, { headers: { 'content-type': 'text/plain' } }, 'INVALID_ARGUMENT'],
  ])('answer %d at %s in Google’s words', async (code, path, call: RawCall, status) => {
    const reply = await send(path, call);

    expect(reply.status).toBe(code);
    expect(JSON.parse(reply.text)).toMatchObject({ error: { code, status } });
  });

  it('raise the SDK’s own error', async () => {
    const call = sdk.models.generateContent({ model: 'none', contents: 'Say it.' });

    await expect(call).rejects.toThrow(ApiError);
  });

  it('let browsers in', async () => {
    const reply = await send(`${MODEL}:generateContent`, {
      method: 'OPTIONS',
      body: '',
      headers: { origin: 'https://a' },
    });

    expect([reply.status, reply.headers['access-control-allow-origin']]).toEqual([204, '*']);
  });
});

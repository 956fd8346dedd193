import Anthropic from '@anthropic-ai/sdk';
import { sendRaw } from '@sluice/testing';
import { anthropicClient } from '../harness/format-client.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { CLIENT_KEY } from '../harness/test-configuration.js';
import { kiroAccount, KIRO_MODEL } from './kiro-account.js';

const HEADERS = { 'content-type': 'application/json', 'x-api-key': CLIENT_KEY };

describe('/cc/v1/messages', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({ accounts: [kiroAccount(test.vendor.url)] });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const question = { model: KIRO_MODEL, max_tokens: 64, messages: [{ role: 'user' as const, content: 'Say it.' }] };
  const client = () => new Anthropic({ ...anthropicClientOptions(), baseURL: `${test.url}/cc` });
  const anthropicClientOptions = () => ({
    apiKey: CLIENT_KEY,
    authToken: null,
    maxRetries: 0,
    logLevel: 'off' as const,
  });

  it('94: tells the exact input at the beginning of a stream', async () => {
    const starts: number[] = [];
    const ends: (number | null)[] = [];
    const stream = await client().messages.create({ ...question, stream: true });
    for await (const event of stream) {
      if (event.type === 'message_start') starts.push(event.message.usage.input_tokens);
      if (event.type === 'message_delta') ends.push(event.usage.input_tokens);
    }

    expect(starts[0]).toBeGreaterThan(0);
    expect(starts).toEqual(ends);
  });

  it('streams the same answer as /v1/messages', async () => {
    const texts = async (sdk: Anthropic): Promise<string> => sdk.messages.stream(question).finalText();

    expect(await texts(client())).toBe(await texts(anthropicClient(test.url)));
  });

  it('answers whole messages as /v1/messages does', async () => {
    const { usage, content } = await client().messages.create(question);
    const other = await anthropicClient(test.url).messages.create(question);

    expect([usage, content]).toEqual([other.usage, other.content]);
    expect(usage.input_tokens).toBeGreaterThan(0);
  });

  it('tells a failure of the vendor by its status', async () => {
    test.vendor.next({ status: 400, message: 'Improperly formed request.' });

    const reply = await sendRaw(`${test.url}/cc/v1/messages`, {
      headers: HEADERS,
      body: { ...question, stream: true },
    });

    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text)).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
  });

  it('ends at the vendor when the client goes', async () => {
    const gone = new AbortController();
    test.vendor.next({ hangAfterChunks: 1 });
    const asking = sendRaw(`${test.url}/cc/v1/messages`, {
      headers: HEADERS,
      body: { ...question, stream: true },
      signal: gone.signal,
    });
    await test.vendor.waitUntil(() => test.vendor.activeRequests === 1);

    gone.abort();

    expect((await asking).ending).toBe('aborted');
    await test.vendor.waitUntil(() => test.vendor.activeRequests === 0);
    expect(await test.ledger.only()).toMatchObject({ ending: 'client-closed' });
  });

  it('counts tokens', async () => {
    const { input_tokens: tokens } = await client().messages.countTokens({
      model: KIRO_MODEL,
      messages: question.messages,
    });

    expect(tokens).toBeGreaterThan(0);
  });

  it.each([
    ['POST', '/cc/v1/messages', {}, 401, 'authentication_error'],
    ['GET', '/cc/v1/messages', HEADERS, 405, 'invalid_request_error'],
    ['GET', '/cc/v1/nowhere', HEADERS, 404, 'not_found_error'],
  ])('answers %s %s in Anthropic’s words', async (method, path, headers, status, type) => {
    const reply = await sendRaw(test.url + path, { method, headers, ...(method === 'POST' && { body: question }) });

    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.text)).toMatchObject({ type: 'error', error: { type } });
  });

  it('answers a browser’s preflight', async () => {
    const reply = await sendRaw(`${test.url}/cc/v1/messages`, {
      method: 'OPTIONS',
      headers: { origin: 'https://a.example' },
    });

    expect([reply.status, reply.headers['access-control-allow-origin']]).toEqual([204, '*']);
  });
});

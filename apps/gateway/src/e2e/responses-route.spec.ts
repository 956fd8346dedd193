import { sendRaw, type RawCall } from '@sluice/testing';
import { openAiClient } from './harness/format-client.js';
import { refusalOf } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { CLIENT_KEY, singleAccounts } from './harness/test-configuration.js';

describe('POST /v1/responses', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({ server: { maxBodyBytes: 4096 }, accounts: singleAccounts(test.vendor.url) });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const responses = (key?: string) => openAiClient(test.url, key).responses;

  it.each(['gpt-test', 'claude-test'])('answers the official SDK, with %s behind it', async (model) => {
    test.vendor.next({ text: 'It is said.' });

    const answer = await responses().create({ model, input: 'Say it.' });

    expect(answer.output_text).toBe('It is said.');
    expect(await test.ledger.only()).toMatchObject({ clientFormat: 'openai-responses', ending: 'completed' });
  });

  it.each(['gpt-test', 'claude-test'])('streams to the official SDK, with %s behind it', async (model) => {
    test.vendor.next({ text: 'It is said.' });

    const types = new Set<string>();
    let text = '';
    for await (const event of await responses().create({ model, input: 'Say it.', stream: true })) {
      types.add(event.type);
      if (event.type === 'response.output_text.delta') text += event.delta;
    }

    expect(text).toBe('It is said.');
    expect([...types]).toEqual(expect.arrayContaining(['response.created', 'response.completed']));
  });

  it('tells a reader of the stream that the vendor failed', async () => {
    test.vendor.next({ errorInStream: 'after' });

    const types: string[] = [];
    const reading = async (): Promise<void> => {
      const events = await responses().create({ model: 'gpt-test', input: 'Say it.', stream: true });
      for await (const { type } of events) types.push(type);
    };

    await expect(reading()).rejects.toThrow('The server had an error');
    expect(types).toContain('response.output_text.delta');
    expect(await test.ledger.only()).toMatchObject({ ending: 'broken' });
  });

  it('ends at the vendor when the client goes', async () => {
    const gone = new AbortController();
    test.vendor.next({ chunks: 1000, hangAfterChunks: 2 });

    const reply = await sendRaw(`${test.url}/v1/responses`, {
      body: { model: 'gpt-test', input: 'Say it.', stream: true },
      headers: { 'content-type': 'application/json', authorization: `Bearer ${CLIENT_KEY}` },
      signal: gone.signal,
      onPiece: () => gone.abort(),
    });

    expect(reply.ending).toBe('aborted');
    expect(await test.ledger.only()).toMatchObject({ ending: 'client-closed' });
  });

  it.each([
    [400, 'BadRequestError', { status: 400, message: 'no' }],
    [429, 'RateLimitError', { status: 429, message: 'slow' }],
  ])('hands on a refusal with %d', async (status, name, behaviour) => {
    test.vendor.next(behaviour);

    const { error } = await refusalOf(responses().create({ model: 'gpt-test', input: 'Say it.' }));

    expect(error).toMatchObject({ name, status, message: behaviour.message });
  });

  it.each([
    [401, { headers: { authorization: 'Bearer wrong' }, body: {} }, 'invalid_api_key'],
    [404, { body: { model: 'none', input: 'x' } }, 'model_not_found'],
    [405, { method: 'GET' }, 'method_not_allowed'],
    [413, { body: 'x'.repeat(5000) }, 'request_too_large'],
    [400, { body: {} }, 'invalid_request'],
  ])('answers %d in its own words', async (status, call: RawCall, code) => {
    const reply = await sendRaw(`${test.url}/v1/responses`, {
      ...call,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${CLIENT_KEY}`, ...call.headers },
    });

    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.text)).toMatchObject({ error: { code } });
  });
});

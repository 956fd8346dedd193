import { sendRaw, type RawCall, type RawReply } from '@sluice/testing';
import { anthropicClient } from './harness/format-client.js';
import { startRawVendor, type RawVendor } from './harness/raw-vendor.js';
import { refusalOf } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { account, CLIENT_KEY, VENDOR_KEY } from './harness/test-configuration.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const PATH = '/v1/messages/count_tokens';

describe(`POST ${PATH}`, () => {
  let test: TestGateway;
  let vendor: RawVendor;
  beforeAll(async () => {
    [test, vendor] = await Promise.all([startTestGateway(), startRawVendor()]);
    await test.configure({
      server: { maxBodyBytes: 4096 },
      accounts: [account('anthropic-messages', vendor.url), account('openai-chat', test.vendor.url)],
      models: [{ alias: 'quick', targets: ['claude/claude-test'] }],
    });
  });
  afterEach(async () => {
    await test.checkAfterTest();
    vendor.reset();
  });
  afterAll(() => Promise.all([test.stop(), vendor.stop()]));

  const question = (model: string, content = 'How many are these?') => ({
    model,
    messages: [{ role: 'user' as const, content }],
  });
  const send = (call: RawCall): Promise<RawReply> =>
    sendRaw(test.url + PATH, { ...call, headers: { ...JSON_TYPE, 'x-api-key': CLIENT_KEY, ...call.headers } });

  it('gives the vendor’s own count', async () => {
    vendor.answerWith(200, JSON_TYPE, '{"input_tokens":42}');

    const { data, response } = await anthropicClient(test.url).messages.countTokens(question('quick')).withResponse();

    expect(data).toEqual({ input_tokens: 42 });
    expect(response.headers.get('x-sluice-token-count')).toBe('upstream');
    expect(vendor.requests).toMatchObject([{ method: 'POST', target: PATH, headers: { 'x-api-key': VENDOR_KEY } }]);
    expect(JSON.parse(vendor.requests[0]?.body.toString() ?? '')).toEqual(question('claude-test'));
    expect(await test.ledger.only()).toMatchObject({
      ending: 'completed',
      usage: { input: 0, output: 0 },
      attempts: 1,
    });
  });

  it('estimates where the vendor cannot count', async () => {
    const reply = await send({ body: question('gpt-test') });

    expect(reply.headers['x-sluice-token-count']).toBe('estimated');
    const { input_tokens: tokens } = JSON.parse(reply.text) as { input_tokens: number };
    expect(tokens).toBeGreaterThan(8);
    expect(tokens).toBeLessThan(20);
    expect(test.vendor.requests).toHaveLength(0);
  });

  it.each([404, 429, 401, 500, 529])('estimates where the vendor answers %d', async (status) => {
    vendor.answerWith(status, JSON_TYPE, '{"type":"error","error":{"type":"x","message":"not now"}}');

    const reply = await send({ body: question('claude-test') });

    expect([reply.status, reply.headers['x-sluice-token-count']]).toEqual([200, 'estimated']);
  });

  it('says what the vendor finds wrong', async () => {
    const body = '{"type":"error","error":{"type":"invalid_request_error","message":"messages: too few"}}';
    vendor.answerWith(400, JSON_TYPE, body);

    const { error } = await refusalOf(anthropicClient(test.url).messages.countTokens(question('claude-test')));

    expect(error).toMatchObject({ name: 'BadRequestError', status: 400, message: 'messages: too few' });
  });

  it('ends at the vendor when the client goes', async () => {
    const gone = new AbortController();
    const closed = new Promise<void>((resolve) => {
      vendor.handle((request, response) => {
        request.resume();
        response.on('close', resolve);
        gone.abort();
      });
    });

    const reply = await send({ body: question('claude-test'), signal: gone.signal });

    await closed;
    expect(reply.ending).toBe('aborted');
    expect(await test.ledger.only()).toMatchObject({ ending: 'client-closed' });
  });

  it.each([
    [401, { headers: { 'x-api-key': 'wrong' }, body: question('gpt-test') }, 'authentication_error'],
    [404, { body: question('no-such-model') }, 'not_found_error'],
    [405, { method: 'GET' }, 'invalid_request_error'],
    [413, { body: question('gpt-test', 'x'.repeat(5000)) }, 'request_too_large'],
    [415, { headers: { 'content-type': 'text/plain' }, body: question('gpt-test') }, 'invalid_request_error'],
  ])('answers %d in Anthropic’s words', async (status, call: RawCall, type) => {
    const reply = await send(call);

    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.text)).toMatchObject({ type: 'error', error: { type } });
  });

  describe('where the configuration names somebody who counts', () => {
    const COUNTER_KEY = 'counter-secret';
    const ask = async (members: object = {}): Promise<RawReply> => {
      const tokenCounting = { url: `${vendor.url}/count?v=1`, apiKey: COUNTER_KEY, ...members };
      await test.configure({ tokenCounting, accounts: [account('openai-chat', test.vendor.url)] });
      return send({ body: question('gpt-test') });
    };

    it.each([
      [{}, { 'x-api-key': COUNTER_KEY }],
      [{ authType: 'bearer' }, { authorization: `Bearer ${COUNTER_KEY}` }],
    ])('asks there where no account can: %j', async (members, headers) => {
      vendor.answerWith(200, JSON_TYPE, '{"input_tokens":42}');

      const reply = await ask(members);

      expect([reply.headers['x-sluice-token-count'], reply.text]).toEqual(['external', '{"input_tokens":42}']);
      expect(vendor.requests).toMatchObject([{ method: 'POST', target: '/count?v=1', headers }]);
      expect(JSON.parse(vendor.requests[0]?.body.toString() ?? '')).toEqual(question('gpt-test'));
    });

    it.each([
      [500, '{}'],
      [200, '{"tokens":1}'],
      [200, '{"input_tokens":-1}'],
      [200, 'no json'],
    ])('estimates where that answers %d %s', async (status, body) => {
      vendor.answerWith(status, JSON_TYPE, body);

      const reply = await ask();

      expect([reply.status, reply.headers['x-sluice-token-count']]).toEqual([200, 'estimated']);
      expect(test.logged('tokens could not be counted elsewhere')).toHaveLength(1);
    });

    it('estimates where that takes too long', async () => {
      vendor.handle((request) => void request.resume());

      expect((await ask({ timeoutMs: 20 })).headers['x-sluice-token-count']).toBe('estimated');
    });
  });
});

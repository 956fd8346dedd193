import { sendRaw, type RawReply } from '@sluice/testing';
import { FORMAT_CLIENTS } from './harness/format-client.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { accountsWithSpare, OPERATOR_KEY } from './harness/test-configuration.js';

describe.each(FORMAT_CLIENTS)('the headers of an answer ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  beforeEach(() => test.configure({ accounts: accountsWithSpare(test.vendor.url, test.spare.url) }));
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const ask = (headers: Record<string, string> = {}, members = {}): Promise<RawReply> =>
    sendRaw(test.url + client.path, { headers: { ...client.headers, ...headers }, body: client.body(members) });
  const asOperator = { authorization: `Bearer ${OPERATOR_KEY}`, 'x-api-key': OPERATOR_KEY };

  describe('x-request-id', () => {
    it('is the client’s, in the log too', async () => {
      const { headers } = await ask({ 'x-request-id': 'trace.of:the-client_1' });

      expect(headers['x-request-id']).toBe('trace.of:the-client_1');
      expect(test.logged('exchange')).toMatchObject([{ requestId: 'trace.of:the-client_1' }]);
    });

    it.each(['with space', 'x'.repeat(129), '<script>', 'ünïcode'])('is a new one for “%s”', async (id) => {
      const { headers } = await ask({ 'x-request-id': Buffer.from(id).toString('latin1') });

      expect(headers['x-request-id']).toMatch(/^req_[\w-]{36}$/);
    });

    it('is a new one for every request without', async () => {
      const ids = (await Promise.all([ask(), ask(), ask({}, { model: 'unknown' })])).map(
        ({ headers }) => headers['x-request-id'],
      );

      expect(new Set(ids).size).toBe(3);
      expect(ids.every((id) => /^req_[\w-]{36}$/.test(String(id)))).toBe(true);
    });

    it('stands in the body of an error where the format has a place for it', async () => {
      const reply = await ask({ 'x-request-id': 'the-client-1' }, { model: 'unknown' });

      const { request_id: id } = JSON.parse(reply.text) as { request_id?: string };
      expect(id).toBe(client.format === 'anthropic-messages' ? 'the-client-1' : undefined);
    });
  });

  describe('x-sluice-*', () => {
    it.each([true, false])('tell the route (stream: %s)', async (stream) => {
      test.vendor.next({ status: 429 });

      const { headers } = await ask({}, { stream });

      expect(headers).toMatchObject({ 'x-sluice-model': client.model, 'x-sluice-attempts': '2' });
      expect(headers['x-sluice-account']).toBeUndefined();
      expect(headers['x-sluice-warnings']).toBeUndefined();
    });

    it('tell the account to a key with the scope diagnostics', async () => {
      const { headers } = await ask(asOperator);

      expect(headers['x-sluice-account']).toBe(client.format === 'openai-chat' ? 'chat' : 'claude');
    });

    it('tell it for a failure too', async () => {
      test.vendor.next({ status: 400 });

      const { status, headers } = await ask(asOperator);

      expect(status).toBe(400);
      expect(headers['x-sluice-account']).toBe(client.format === 'openai-chat' ? 'chat' : 'claude');
      expect(headers['x-sluice-attempts']).toBe('1');
    });

    it.each([
      ['modèle-文', 'mod%C3%A8le-%E6%96%87'],
      ['a\r\nset-cookie: b', 'a%0D%0Aset-cookie%3A%20b'],
      ['\ud800', '%EF%BF%BD'],
    ])('tell a model that no header can hold (%j)', async (model, header) => {
      await test.configure({ accounts: accountsWithSpare(test.vendor.url, test.spare.url, { models: ['*'] }) });

      const name = client.format === 'openai-chat' ? `chat/${model}` : `claude/${model}`;
      const reply = await ask({}, { model: name });

      expect(reply.status).toBe(200);
      expect(reply.headers['x-sluice-model']).toBe(header);
      expect(reply.headers['set-cookie']).toBeUndefined();
    });

    it('are absent where nobody was asked', async () => {
      const { headers } = await ask(asOperator, { model: 'unknown' });

      expect(Object.keys(headers).filter((name) => name.startsWith('x-sluice-'))).toEqual([]);
    });
  });

  it('do not tell what the gateway is made of', async () => {
    const { headers } = await ask();

    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['server']).toBeUndefined();
    expect(headers['etag']).toBeUndefined();
  });
});

describe.each(FORMAT_CLIENTS)('the line that is logged for an exchange ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const forwarded = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' };
  const ask = (headers: Record<string, string>): Promise<RawReply> =>
    sendRaw(test.url + client.path, { headers: { ...client.headers, ...headers }, body: client.body() });

  it('is one, with what an operator asks first', async () => {
    await ask({});
    await test.ledger.allSettled();

    expect(test.logged('exchange')).toEqual([
      expect.objectContaining({
        level: 'info',
        clientFormat: client.format,
        requestedModel: client.model,
        principalId: 'key:app',
        clientAddress: '127.0.0.1',
        status: 200,
        ending: 'completed',
        attempts: 1,
        stream: false,
      }),
    ]);
  });

  it('has the socket’s address, whatever a stranger forwards', async () => {
    await test.configure();
    await ask(forwarded);

    expect((await test.ledger.only()).clientAddress).toBe('127.0.0.1');
  });

  it('has the last address that no trusted proxy vouches for', async () => {
    await test.configure({ server: { trustedProxies: ['127.0.0.0/8', '198.51.100.0/24'] } });
    await ask(forwarded);

    expect((await test.ledger.only()).clientAddress).toBe('203.0.113.9');
  });

  it('has no word of the prompt and none of the answer', async () => {
    test.vendor.next({ text: 'the answer is private' });
    await sendRaw(test.url + client.path, {
      headers: client.headers,
      body: client.body({ messages: [{ role: 'user', content: 'the prompt is private' }] }),
    });
    await test.ledger.allSettled();

    expect(test.log.join('')).not.toContain('private');
  });
});

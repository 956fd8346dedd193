import type { JsonObject } from '@sluice/core';
import { sendRaw, type RawReply } from '@sluice/testing';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { account, CLIENT_KEY, OPERATOR_KEY } from './harness/test-configuration.js';

const OPERATOR = { authorization: `Bearer ${OPERATOR_KEY}` };
const PATH = '/sluice/explain';

describe('GET /sluice/explain', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  beforeEach(() =>
    test.configure({
      accounts: [
        account('openai-chat', test.vendor.url, { id: 'main', cooldown: { enabled: true }, maxConcurrency: 4 }),
        account('anthropic-messages', test.spare.url, { id: 'spare', models: ['gpt-test'], priority: 1, weight: 2 }),
        account('openai-chat', test.spare.url, { id: 'theirs', owner: 'app' }),
        account('openai-chat', test.spare.url, { id: 'off', enabled: false }),
      ],
    }),
  );
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const explain = (query: string, headers: Record<string, string> = OPERATOR): Promise<RawReply> =>
    sendRaw(`${test.url}${PATH}${query}`, { method: 'GET', headers });
  const accountsIn = ({ text }: RawReply): readonly JsonObject[] =>
    (JSON.parse(text) as { accounts: readonly JsonObject[] }).accounts; // our own answer

  it('tells in order who is asked, by which strategy, and why the others are not', async () => {
    const reply = await explain('?model=gpt-test');

    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toMatchObject({
      model: 'gpt-test',
      key: 'operator',
      targets: [{ position: 0, strategy: 'round-robin' }],
      isSplit: false,
      accounts: [
        {
          accountId: 'main',
          provider: 'openai-compatible',
          target: { position: 0, model: 'gpt-test' },
          standing: { type: 'usable' },
          priority: 0,
          weight: 1,
          condition: { inFlight: 0, maxConcurrency: 4, circuit: { state: 'closed' } },
        },
        { accountId: 'spare', standing: { type: 'usable' }, priority: 1, weight: 2, condition: { inFlight: 0 } },
        { accountId: 'theirs', owner: 'somebody else', standing: { type: 'foreign' } },
        { accountId: 'off', standing: { type: 'disabled' } },
      ],
    });
  });

  it('tells the reason of a cooldown and its end', async () => {
    await test.configure({
      accounts: [
        account('openai-chat', test.vendor.url, { id: 'tired', cooldown: { enabled: true } }),
        account('openai-chat', test.spare.url, { id: 'spare', priority: 1 }),
      ],
    });
    test.vendor.next({ status: 429, retryAfter: '60', message: 'Too fast.' });
    const body = { model: 'gpt-test', messages: [{ role: 'user', content: 'Hi.' }] };
    await sendRaw(`${test.url}/v1/chat/completions`, { headers: OPERATOR, body });

    const reply = await explain('?model=gpt-test');

    const { nowMs } = JSON.parse(reply.text) as { nowMs: number }; // our own answer
    const [first, second] = accountsIn(reply);
    expect(first?.['accountId']).toBe('spare');
    expect(second).toMatchObject({
      accountId: 'tired',
      standing: { type: 'cooling', kind: 'upstream_rate_limited', message: 'Too fast.' },
    });
    const { untilMs } = second?.['standing'] as { untilMs: number };
    expect(untilMs - nowMs).toBeGreaterThan(50_000);
    expect(untilMs - nowMs).toBeLessThanOrEqual(60_000);
  });

  it('tells for a format whose vendors come first', async () => {
    const reply = await explain('?model=gpt-test&format=openai-embeddings');

    expect(accountsIn(reply).map(({ accountId, standing }) => [accountId, (standing as JsonObject)['type']])).toEqual([
      ['main', 'usable'],
      ['spare', 'format'],
      ['theirs', 'foreign'],
      ['off', 'disabled'],
    ]);
  });

  it('tells why a name leads nowhere', async () => {
    const reply = await explain('?model=gpt-tset');

    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toMatchObject({
      refusal: { kind: 'model_not_found', message: expect.stringContaining('gpt-test') as string },
    });
  });

  it.each([
    ['a stranger', {}, 401, 'invalid_api_key'],
    ['a key without the scope', { authorization: `Bearer ${CLIENT_KEY}` }, 403, 'permission_denied'],
  ])('refuses %s', async (_who, headers, status, code) => {
    const reply = await explain('?model=gpt-test', headers);

    expect([reply.status, (JSON.parse(reply.text) as { error: JsonObject }).error['code']]).toEqual([status, code]);
    expect(reply.text).not.toContain('main');
  });

  it('asks nobody for a key where the gateway does not, on this machine', async () => {
    const accounts = [account('openai-chat', test.vendor.url, { id: 'only' })];
    await test.configure({ accounts, apiKeys: [], server: { allowUnauthenticated: true } });

    const reply = await explain('?model=gpt-test', {});
    const fromAfar = await explain('?model=gpt-test', { 'x-forwarded-for': '198.51.100.7' });

    expect([reply.status, fromAfar.status]).toEqual([200, 403]);
  });

  it.each([
    ['another site', { origin: 'https://evil.test' }],
    ['a name that was made to lead here', { host: 'evil.test' }],
  ])('tells nothing to a page of %s in a browser on this machine', async (_whose, headers) => {
    const accounts = [account('openai-chat', test.vendor.url, { id: 'only' })];
    await test.configure({ accounts, apiKeys: [], server: { allowUnauthenticated: true } });

    const reply = await explain('?model=gpt-test', headers);

    expect(reply.status).toBe(403);
    expect(reply.text).not.toContain('only');
  });

  it.each([
    ['', 'model'],
    ['?model=gpt-test&format=morse', 'format'],
  ])('refuses the query “%s”', async (query, param) => {
    const reply = await explain(query);

    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text)).toMatchObject({ error: { code: 'invalid_request', param } });
  });

  it('takes no other method', async () => {
    const reply = await sendRaw(test.url + PATH, { body: {}, headers: OPERATOR });

    expect([reply.status, reply.headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });

  it('shows no secret', async () => {
    const reply = await explain('?model=gpt-test');

    expect(reply.text).not.toContain('secret');
  });
});

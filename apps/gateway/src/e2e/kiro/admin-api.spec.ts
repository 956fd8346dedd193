import { createHash } from 'node:crypto';
import type { JsonObject } from '@sluice/core';
import { sendRaw, type RawReply } from '@sluice/testing';
import { anthropicClient } from '../harness/format-client.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { CLIENT_KEY, VENDOR_KEY } from '../harness/test-configuration.js';
import { kiroAccount, KIRO_MODEL } from './kiro-account.js';

const ADMIN_KEY = 'admin-secret-of-the-suite-4715';
const REFRESH_TOKEN = `aorAAAAAG${'x'.repeat(120)}`;

describe('/api/admin', () => {
  let test: TestGateway;
  beforeEach(async () => {
    test = await startTestGateway();
    await configure();
  });
  afterEach(async () => {
    await test.checkAfterTest();
    await test.stop();
  });

  const configure = (members: JsonObject = {}): Promise<void> =>
    test.configure({
      apiKeys: [
        { name: 'app', key: CLIENT_KEY },
        { name: 'boss', key: ADMIN_KEY, scopes: ['admin'] },
      ],
      accounts: [
        kiroAccount(test.vendor.url, { id: 'first', priority: 0 }),
        kiroAccount(test.spare.url, { id: 'second', priority: 1, apiKey: `${VENDOR_KEY}-2` }),
      ],
      ...members,
    });

  const send = (method: string, path: string, body?: JsonObject, key = ADMIN_KEY): Promise<RawReply> =>
    sendRaw(`${test.url}/api/admin${path}`, { method, headers: { 'x-api-key': key }, ...(body && { body }) });
  const call = async (method: string, path: string, body?: JsonObject): Promise<[number, JsonObject]> => {
    const reply = await send(method, path, body);
    return [reply.status ?? 0, JSON.parse(reply.text) as JsonObject];
  };
  const ask = () =>
    anthropicClient(test.url).messages.create({
      model: KIRO_MODEL,
      max_tokens: 16,
      messages: [{ role: 'user', content: 'Say it.' }],
    });
  /** How often each vendor was asked for inference, the way that keys ask for it. */
  const asked = (): readonly number[] =>
    [test.vendor, test.spare].map(({ requests }) => requests.filter(({ path }) => path === '/').length);

  it('shows an account’s proxy without its password', async () => {
    await configure({
      accounts: [kiroAccount(test.vendor.url, { id: 'first', proxyUrl: 'http://someone:hidden@127.0.0.1:7890' })],
    });

    const [, list] = await call('GET', '/credentials');

    expect(list['credentials']).toMatchObject([{ hasProxy: true, proxyUrl: 'http://127.0.0.1:7890/' }]);
  });

  it('lists the accounts without their secrets', async () => {
    await ask();

    const [status, list] = await call('GET', '/credentials');

    expect(status).toBe(200);
    expect(list).toMatchObject({
      total: 2,
      available: 2,
      currentId: 1,
      credentials: [
        {
          id: 1,
          accountId: 'first',
          priority: 0,
          disabled: false,
          isCurrent: true,
          authMethod: 'api_key',
          apiKeyHash: createHash('sha256').update(VENDOR_KEY).digest('hex'),
          refreshTokenHash: null,
          successCount: 1,
          failureCount: 0,
          hasProxy: false,
        },
        { id: 2, accountId: 'second', priority: 1, isCurrent: false, successCount: 0, lastUsedAt: null },
      ],
    });
    expect(JSON.stringify(list)).not.toContain(VENDOR_KEY);
  });

  it.each([
    ['no key', {}],
    ['a client’s key', { 'x-api-key': CLIENT_KEY }],
    ['an unknown key', { authorization: 'Bearer wrong' }],
  ])('refuses %s', async (_name, headers) => {
    const reply = await sendRaw(`${test.url}/api/admin/credentials`, { method: 'GET', headers });

    expect(reply.status).toBe(401);
    expect(JSON.parse(reply.text)).toEqual({
      error: { type: 'authentication_error', message: 'Invalid or missing admin API key' },
    });
  });

  it('is not there without an admin key', async () => {
    await configure({ apiKeys: [{ name: 'app', key: CLIENT_KEY }] });

    const reply = await send('GET', '/credentials', undefined, CLIENT_KEY);

    expect(reply.status).toBe(404);
  });

  it('disables an account, and enables it again', async () => {
    expect(await call('POST', '/credentials/1/disabled', { disabled: true })).toMatchObject([200, { success: true }]);
    await ask();
    expect(asked()).toEqual([0, 1]);
    expect((await call('GET', '/credentials'))[1]).toMatchObject({
      available: 1,
      credentials: [{ disabled: true, disabledReason: 'Manual' }, { disabled: false }],
    });

    await call('POST', '/credentials/first/disabled', { disabled: false });
    await ask();
    expect(asked()).toEqual([1, 1]);
  });

  it('prefers another account', async () => {
    expect(await call('POST', '/credentials/1/priority', { priority: 5 })).toMatchObject([200, { success: true }]);

    await ask();

    expect(asked()).toEqual([0, 1]);
    expect((await call('GET', '/credentials'))[1]).toMatchObject({
      credentials: [{ accountId: 'second' }, { accountId: 'first', priority: 5 }],
    });
  });

  it('keeps a change over a new configuration', async () => {
    await call('POST', '/credentials/1/disabled', { disabled: true });

    await configure();
    await ask();

    expect(asked()).toEqual([0, 1]);
  });

  it('forgets what went wrong', async () => {
    await configure({
      accounts: [kiroAccount(test.vendor.url, { id: 'first', cooldown: { enabled: true } })],
    });
    test.vendor.next({ status: 402, message: 'used up', code: 'MONTHLY_REQUEST_COUNT' });
    await expect(ask()).rejects.toThrow();
    expect((await call('GET', '/credentials'))[1]).toMatchObject({
      credentials: [{ restingReason: 'upstream_quota_exhausted' }],
    });

    expect(await call('POST', '/credentials/1/reset')).toMatchObject([200, { success: true }]);

    await ask();
    expect((await call('GET', '/credentials'))[1]).toMatchObject({
      credentials: [{ failureCount: 0, successCount: 1 }],
    });
  });

  it('tells what an account has left, and asks the vendor once', async () => {
    const first = await call('GET', '/credentials/1/balance');
    const second = await call('GET', '/credentials/1/balance');

    expect(first).toEqual([
      200,
      {
        id: 1,
        email: 'mock@example.org',
        subscriptionTitle: 'KIRO PRO',
        currentUsage: 12.34,
        usageLimit: 1000,
        remaining: 987.66,
        usagePercentage: expect.closeTo(1.234) as number,
        nextResetAt: 1_798_761_600,
      },
    ]);
    expect(second).toEqual(first);
    expect(test.vendor.requests.map(({ path }) => path)).toEqual(['/getUsageLimits']);
  });

  it('says when the vendor does not tell', async () => {
    test.vendor.next({ status: 500 });

    expect(await call('GET', '/credentials/1/balance')).toMatchObject([502, { error: { type: 'api_error' } }]);
    expect((await call('GET', '/credentials/1/balance'))[0]).toBe(200);
  });

  const form = { refreshToken: REFRESH_TOKEN, authMethod: 'social', priority: 0 };

  it('adds a login that the vendor renews, and serves with it', async () => {
    await call('POST', '/credentials/2/disabled', { disabled: true });
    await call('POST', '/credentials/1/disabled', { disabled: true });

    const [status, added] = await call('POST', '/credentials', form);
    await ask();

    expect([status, added]).toMatchObject([200, { success: true, credentialId: 3, email: 'mock@example.org' }]);
    expect(test.vendor.requests.map(({ path }) => path)).toEqual([
      '/refreshToken',
      '/getUsageLimits',
      '/generateAssistantResponse',
    ]);
    expect(test.vendor.requests.at(-1)?.headers['authorization']).toMatch(/^Bearer aoaMock/);
    expect((await call('GET', '/credentials'))[1]).toMatchObject({
      total: 3,
      credentials: [{ id: 1 }, { id: 3, accountId: 'kiro-1', origin: 'database', authMethod: 'social' }, { id: 2 }],
    });
    expect(test.log.join('')).not.toContain(REFRESH_TOKEN);
  });

  it.each<[string, JsonObject]>([
    ['a token that was cut off', { refreshToken: 'aorAAAAAG' }],
    ['a token that was shortened', { refreshToken: `${REFRESH_TOKEN}...` }],
    ['single sign-on without a client', { refreshToken: REFRESH_TOKEN, authMethod: 'idc' }],
    ['nothing', {}],
    ['a wrong region', { refreshToken: REFRESH_TOKEN, region: 'x/y' }],
    ['a wrong priority', { ...form, priority: -1 }],
  ])('does not add %s', async (_name, body) => {
    expect(await call('POST', '/credentials', body)).toMatchObject([400, { error: { type: 'invalid_request' } }]);
    expect(test.vendor.requests).toHaveLength(0);
  });

  it('does not add what the vendor refuses', async () => {
    test.vendor.next({ status: 400, code: 'invalid_grant', message: 'Invalid refresh token provided' });

    expect(await call('POST', '/credentials', form)).toMatchObject([400, { error: { type: 'invalid_request' } }]);
    expect((await call('GET', '/credentials'))[1]).toMatchObject({ total: 2 });
  });

  it('does not add a login twice', async () => {
    await call('POST', '/credentials', form);

    expect(await call('POST', '/credentials', form)).toMatchObject([400, { error: { type: 'invalid_request' } }]);
  });

  it('93: deletes what was added, once it is disabled', async () => {
    await call('POST', '/credentials', form);

    expect((await call('DELETE', '/credentials/kiro-1'))[0]).toBe(400);
    await call('POST', '/credentials/kiro-1/disabled', { disabled: true });
    expect((await call('DELETE', '/credentials/kiro-1'))[0]).toBe(200);

    expect((await call('GET', '/credentials'))[1]).toMatchObject({ total: 2 });
  });

  it('does not delete what the configuration declares', async () => {
    await call('POST', '/credentials/1/disabled', { disabled: true });

    const [status, body] = await call('DELETE', '/credentials/1');

    expect([status, body]).toMatchObject([
      400,
      { error: { message: expect.stringContaining('configuration') as string } },
    ]);
  });

  it('renews a login, but no key', async () => {
    await call('POST', '/credentials', form);

    expect((await call('POST', '/credentials/kiro-1/refresh'))[0]).toBe(200);
    expect((await call('POST', '/credentials/1/refresh'))[0]).toBe(400);
    expect(test.vendor.requests.filter(({ path }) => path === '/refreshToken')).toHaveLength(2);
  });

  it('changes how accounts are chosen', async () => {
    expect(await call('PUT', '/config/load-balancing', { mode: 'balanced' })).toEqual([200, { mode: 'balanced' }]);
    expect(await call('GET', '/config/load-balancing')).toEqual([200, { mode: 'balanced' }]);

    for (let count = 0; count < 4; count += 1) await ask();
    expect(asked()).toEqual([2, 2]);
    expect((await call('PUT', '/config/load-balancing', { mode: 'wild' }))[0]).toBe(400);
  });

  it.each([
    ['GET', '/credentials/77/balance', 404, 'not_found'],
    ['POST', '/credentials/77/reset', 404, 'not_found'],
    ['GET', '/nowhere', 404, 'not_found'],
    ['POST', '/credentials/1/disabled', 400, 'invalid_request'],
    ['POST', '/credentials/1/priority', 400, 'invalid_request'],
  ])('answers %s %s with %d', async (method, path, status, type) => {
    expect(await call(method, path, method === 'POST' ? { other: 1 } : undefined)).toMatchObject([
      status,
      { error: { type } },
    ]);
  });

  it('writes every change into the log', async () => {
    await call('POST', '/credentials/1/disabled', { disabled: true });
    await call('PUT', '/config/load-balancing', { mode: 'priority' });

    expect(test.logged('account disabled')).toMatchObject([{ audit: true, accountId: 'first' }]);
    expect(test.logged('account strategy changed')).toMatchObject([{ audit: true, strategy: 'priority' }]);
  });
});

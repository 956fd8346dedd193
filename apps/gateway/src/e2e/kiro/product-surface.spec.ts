import { sendRaw } from '@sluice/testing';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { CLIENT_KEY } from '../harness/test-configuration.js';
import { kiroAccount, KIRO_MODEL } from './kiro-account.js';

const ADMIN_KEY = 'admin-secret-of-the-suite-4716';
const MESSAGES = [{ role: 'user', content: 'Hello!' }];
const MESSAGE = { model: KIRO_MODEL, max_tokens: 16, messages: MESSAGES };
const FORM = { refreshToken: 'short', authMethod: 'social' };

/** Every endpoint that the documentation of the older gateways names, and what it answers where all is well or refused. */
const ENDPOINTS: readonly (readonly [method: string, path: string, status: number, body: object | undefined])[] = [
  ['GET', '/', 200, undefined],
  ['GET', '/health', 200, undefined],
  ['GET', '/v1/models', 200, undefined],
  ['POST', '/v1/chat/completions', 200, { model: KIRO_MODEL, messages: MESSAGES }],
  ['POST', '/v1/messages', 200, MESSAGE],
  ['POST', '/v1/messages/count_tokens', 200, MESSAGE],
  ['POST', '/cc/v1/messages', 200, MESSAGE],
  ['POST', '/cc/v1/messages/count_tokens', 200, MESSAGE],
  ['GET', '/v0/oauth/kiro', 200, undefined],
  ['GET', '/v0/oauth/kiro/start?method=nobody', 400, undefined],
  ['GET', '/v0/oauth/kiro/status?state=unknown', 404, undefined],
  ['POST', '/v0/oauth/kiro/import', 200, { refreshToken: '' }],
  ['POST', '/v0/oauth/kiro/refresh', 200, {}],
  ['GET', '/api/admin/credentials', 200, undefined],
  ['POST', '/api/admin/credentials', 400, FORM],
  ['POST', '/api/admin/credentials/1/priority', 200, { priority: 3 }],
  ['POST', '/api/admin/credentials/1/reset', 200, {}],
  ['POST', '/api/admin/credentials/1/refresh', 400, {}],
  ['GET', '/api/admin/credentials/1/balance', 200, undefined],
  ['GET', '/api/admin/config/load-balancing', 200, undefined],
  ['PUT', '/api/admin/config/load-balancing', 200, { mode: 'priority' }],
  ['POST', '/api/admin/credentials/1/disabled', 200, { disabled: false }],
  ['DELETE', '/api/admin/credentials/1', 400, undefined],
];

describe('the endpoints of older gateways for Kiro', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({
      apiKeys: [
        { name: 'app', key: CLIENT_KEY },
        { name: 'boss', key: ADMIN_KEY, scopes: ['diagnostics', 'admin'] },
      ],
      accounts: [kiroAccount(test.vendor.url)],
    });
  });
  afterAll(() => test.stop());

  it.each(ENDPOINTS)('%s %s answers %i', async (method, path, status, body) => {
    const key = /^\/(?:api\/admin|v0)\//.test(path) ? ADMIN_KEY : CLIENT_KEY;

    const reply = await sendRaw(`${test.url}${path}`, {
      method,
      headers: { 'x-api-key': key, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body }),
    });

    expect([reply.status, reply.text]).toEqual([status, expect.any(String)]);
  });

  it('take a key as a bearer, too', async () => {
    const reply = await sendRaw(`${test.url}/v1/messages`, {
      headers: { authorization: `Bearer ${CLIENT_KEY}`, 'content-type': 'application/json' },
      body: MESSAGE,
    });

    expect(reply.status).toBe(200);
  });
});

import { sendRaw, type RawReply } from '@sluice/testing';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { CLIENT_KEY } from '../harness/test-configuration.js';
import { kiroAccount } from './kiro-account.js';

const ADMIN_KEY = 'admin-secret-of-the-suite-4715';
const REFRESH_TOKEN = `aorAAAAAG${'x'.repeat(120)}`;
/** Each is a round trip; a login here takes a few. */
const MAX_LOOKS = 5_000;
/** A code that may be asked for at once. */
const DEVICE = {
  deviceCode: 'device-1',
  userCode: 'MOCK-CODE',
  verificationUri: 'https://login.example.org/device',
  interval: 0.01,
  intervalInMilliseconds: 10,
};
const KEYS = [
  { name: 'app', key: CLIENT_KEY },
  { name: 'boss', key: ADMIN_KEY, scopes: ['admin'] },
];

describe('/v0/oauth/kiro', () => {
  let test: TestGateway;
  beforeEach(async () => {
    test = await startTestGateway();
    await test.configure({ apiKeys: KEYS, accounts: [kiroAccount(test.vendor.url)] });
    for (const path of ['/device_authorization', '/oauth/device/authorization']) {
      test.vendor.when((request) => request.path === path, { body: JSON.stringify(DEVICE) });
    }
  });
  afterEach(async () => {
    await test.checkAfterTest();
    await test.stop();
  });

  const get = (path = '', headers: Record<string, string> = {}): Promise<RawReply> =>
    sendRaw(`${test.url}/v0/oauth/kiro${path}`, { method: 'GET', headers });
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<RawReply> =>
    sendRaw(`${test.url}/v0/oauth/kiro${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(form).toString(),
    });
  const cookieOf = ({ headers }: RawReply): string => String(headers['set-cookie']).split(';')[0] ?? '';
  const tokenOf = ({ text }: RawReply): string => /name="formToken" value="([^"]+)"/.exec(text)?.[1] ?? '';

  /** A browser that has shown the key. */
  const enter = async () => {
    const cookie = cookieOf(await post('/session', { key: ADMIN_KEY }));
    return { cookie, formToken: tokenOf(await get('', { cookie })) };
  };

  /** How a login ended that is under way. */
  const ending = async (state: string, headers: Record<string, string>): Promise<unknown> => {
    for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
      const status = JSON.parse((await get(`/status?state=${state}`, headers)).text) as { status: string };
      if (status.status !== 'pending') return status;
    }
    throw new Error('the login does not end');
  };
  const stateOf = ({ headers }: RawReply): string => String(headers['location']).split('state=')[1] ?? '';

  it('asks for the key first', async () => {
    const reply = await get();

    expect(reply.status).toBe(200);
    expect(reply.text).toContain('name="key"');
    expect(reply.text).not.toContain('formToken');
    expect(reply.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'nonce-[\w-]+'; form-action 'self'/,
    );
    expect(reply.headers['content-security-policy']).not.toContain('script-src');
  });

  it('lets in whoever has it, and says it to nobody', async () => {
    const reply = await post('/session', { key: ADMIN_KEY });
    const page = await get('', { cookie: cookieOf(reply) });

    expect([reply.status, reply.headers['location']]).toEqual([303, '/v0/oauth/kiro']);
    expect(String(reply.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
    expect(page.text).toContain('AWS Builder ID');
    expect(page.text + String(reply.headers['set-cookie'])).not.toContain(ADMIN_KEY);
  });

  it.each([CLIENT_KEY, 'wrong', ''])('does not let in whoever has %j', async (key) => {
    const reply = await post('/session', { key });

    expect([reply.status, reply.headers['set-cookie']]).toEqual([401, undefined]);
  });

  it.each([
    ['google', {}, '/oauth/device/authorization'],
    ['builder-id', {}, '/device_authorization'],
    ['idc', { startUrl: 'https://acme.awsapps.com/start', region: 'eu-west-1' }, '/device_authorization'],
  ])('logs in by %s', async (method, members, path) => {
    const { cookie, formToken } = await enter();

    const begun = await post('/start', { method, formToken, ...members }, { cookie });
    const waiting = await get(String(begun.headers['location']).replace('/v0/oauth/kiro', ''), { cookie });

    expect(begun.status).toBe(303);
    expect(waiting.text).toContain('MOCK-CODE');
    expect(waiting.headers['refresh']).toBe('5');
    expect(await ending(stateOf(begun), { cookie })).toMatchObject({ status: 'success', account_id: 'kiro-1' });
    expect(test.vendor.requests.map((request) => request.path)).toContain(path);
    expect(test.logged('logged in')).toMatchObject([{ audit: true, accountId: 'kiro-1', method }]);
  });

  it.each([
    ['a form that is not ours', { method: 'google', formToken: 'wrong' }],
    ['a form without a token', { method: 'google' }],
  ])('does not begin anything for %s', async (_name, form) => {
    const { cookie } = await enter();

    expect((await post('/start', form, { cookie })).status).toBe(401);
    expect(test.vendor.requests).toHaveLength(0);
  });

  it('does not begin anything for a link', async () => {
    const { cookie } = await enter();

    expect((await get('/start?method=google', { cookie })).status).toBe(401);
    expect(test.vendor.requests).toHaveLength(0);
  });

  it('begins a login for a script that brings the key', async () => {
    const reply = await get('/start?method=google', { 'x-api-key': ADMIN_KEY });

    expect([reply.status, reply.text.includes('MOCK-CODE')]).toEqual([200, true]);
    await test.vendor.waitUntil(() => test.vendor.requests.some(({ path }) => path === '/oauth/device/poll'));
  });

  it.each([
    ['an unknown method', { method: 'fax' }],
    ['single sign-on without an address', { method: 'idc' }],
    ['an address that is none', { method: 'idc', startUrl: 'javascript:alert(1)' }],
  ])('refuses %s', async (_name, form) => {
    const { cookie, formToken } = await enter();

    const reply = await post('/start', { ...form, formToken }, { cookie });

    expect(reply.status).toBe(400);
    expect(reply.text).not.toContain('<script');
  });

  it('says that the vendor did not begin a login', async () => {
    const { cookie, formToken } = await enter();
    test.vendor.next({ status: 400, code: 'invalid_request', message: '<b>no</b>' });

    const reply = await post('/start', { method: 'google', formToken }, { cookie });

    expect(reply.status).toBe(400);
    expect(reply.text).not.toContain('<b>');
  });

  it('says why a login failed', async () => {
    const { cookie, formToken } = await enter();
    test.vendor.when(({ path }) => path === '/oauth/device/poll', { body: '{"status":"expired"}' });

    const begun = await post('/start', { method: 'google', formToken }, { cookie });

    expect(await ending(stateOf(begun), { cookie })).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/code has run out/) as string,
    });
    expect((await get(`/wait?state=${stateOf(begun)}`, { cookie })).text).toContain('Not logged in');
  });

  it('95: knows no other login', async () => {
    const { cookie } = await enter();

    const reply = await get('/status?state=none', { cookie });

    expect([reply.status, JSON.parse(reply.text)]).toEqual([404, { error: 'Session not found' }]);
    expect((await get('/status?state=none')).status).toBe(401);
  });

  it('imports a refresh token', async () => {
    const send = async (refreshToken: string): Promise<unknown> => {
      const reply = await sendRaw(`${test.url}/v0/oauth/kiro/import`, {
        headers: { 'x-api-key': ADMIN_KEY },
        body: { refreshToken },
      });
      return JSON.parse(reply.text);
    };

    expect(await send('')).toEqual({ success: false, error: 'Refresh token is required' });
    expect(await send('nonsense')).toMatchObject({ success: false });
    expect(await send(REFRESH_TOKEN)).toEqual({
      success: true,
      message: 'Token imported successfully',
      accountId: 'kiro-1',
    });
  });

  it('renews every login', async () => {
    const headers = { 'x-api-key': ADMIN_KEY };
    await sendRaw(`${test.url}/v0/oauth/kiro/import`, { headers, body: { refreshToken: REFRESH_TOKEN } });

    const reply = await sendRaw(`${test.url}/v0/oauth/kiro/refresh`, { headers, body: {} });

    expect(JSON.parse(reply.text)).toEqual({ success: true, message: 'Refreshed 1 token(s)', refreshedCount: 1 });
  });

  describe('without an admin key', () => {
    beforeEach(() =>
      test.configure({ apiKeys: [{ name: 'app', key: CLIENT_KEY }], accounts: [kiroAccount(test.vendor.url)] }),
    );

    it('is for whoever sits at this machine', async () => {
      const reply = await get();

      expect([reply.status, reply.text.includes('AWS Builder ID')]).toEqual([200, true]);
      const begun = await post('/start', { method: 'google', formToken: tokenOf(reply) }, { cookie: cookieOf(reply) });
      expect(begun.status).toBe(303);
      expect(await ending(stateOf(begun), { cookie: cookieOf(reply) })).toMatchObject({ status: 'success' });
    });

    it.each([
      ['a page of somebody else’s', { host: 'evil.example' }],
      ['another machine', { 'x-forwarded-for': '203.0.113.9' }],
    ])('is not for %s', async (_name, headers) => {
      expect((await get('', headers)).status).toBe(404);
    });
  });
});

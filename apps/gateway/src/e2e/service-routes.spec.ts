import { sendRaw, type RawReply } from '@sluice/testing';
import { createGateway } from '../create-gateway.js';
import { VERSION } from '../version.js';
import { FORMAT_CLIENTS } from './harness/format-client.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { CLIENT_KEY } from './harness/test-configuration.js';

describe('the service routes', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  beforeEach(() => test.configure());
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const get = (path: string, headers: Record<string, string> = {}): Promise<RawReply> =>
    sendRaw(test.url + path, { method: 'GET', headers });

  it('GET / lists the routes', async () => {
    const reply = await get('/');

    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toMatchObject({
      name: 'Sluice',
      version: VERSION,
      endpoints: { 'POST /v1/chat/completions': expect.any(String) as string },
    });
  });

  it('GET /health needs no key', async () => {
    const reply = await get('/health');

    expect([reply.status, JSON.parse(reply.text)]).toEqual([200, { status: 'ok', version: VERSION }]);
  });

  it('GET /ready is ready', async () => {
    const reply = await get('/ready');

    expect([reply.status, JSON.parse(reply.text)]).toEqual([200, { status: 'ready' }]);
  });

  it('GET /ready says what is missing before a configuration is in force', async () => {
    const gateway = await createGateway({ telemetry: { destination: { write: () => {} } } });
    const { port } = await gateway.listen({ host: '127.0.0.1', port: 0 });

    const reply = await sendRaw(`http://127.0.0.1:${port}/ready`, { method: 'GET' });
    const early = await sendRaw(`http://127.0.0.1:${port}/v1/chat/completions`, { body: {} });

    expect([reply.status, JSON.parse(reply.text)]).toEqual([
      503,
      { status: 'not ready', missing: ['no configuration has been loaded yet'] },
    ]);
    expect(early.status).toBe(401);
    await gateway.stop(0);
  });

  it.each(['/nowhere', '/v1', '/%', '/favicon.ico'])('GET %s is told that there is none', async (path) => {
    const reply = await get(path);

    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
    expect(JSON.parse(reply.text)).toMatchObject({ error: { type: 'invalid_request_error' } });
    expect(reply.headers['x-powered-by']).toBeUndefined();
  });

  describe('GET /metrics', () => {
    it('is open to this machine', async () => {
      await FORMAT_CLIENTS[0]?.ask(test.url);

      const reply = await get('/metrics');

      expect(reply.status).toBe(200);
      expect(reply.headers['content-type']).toMatch(/^text\/plain/);
      expect(reply.text).toMatch(/^# TYPE sluice_\w+ counter$/m);
      expect(reply.text).toContain('gpt-test');
    });

    it.each([
      ['that a proxy forwards', {}, 401],
      ['that a proxy forwards, with a key', { authorization: `Bearer ${CLIENT_KEY}` }, 200],
      ['that a proxy forwards, with a wrong key', { 'x-api-key': 'wrong' }, 401],
    ])('for a request %s', async (_, headers, status) => {
      const reply = await get('/metrics', { 'x-forwarded-for': '203.0.113.9', ...headers });

      expect(reply.status).toBe(status);
    });

    it('goes by the forwarded address where the proxy is trusted', async () => {
      await test.configure({ server: { trustedProxies: ['127.0.0.1'] } });

      expect((await get('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(401);
      expect((await get('/metrics', { 'x-forwarded-for': '127.0.0.9' })).status).toBe(200);
    });

    it('is open to everybody where the configuration says so', async () => {
      await test.configure({ metrics: { public: true } });

      expect((await get('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(200);
    });
  });
});

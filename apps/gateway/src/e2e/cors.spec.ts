import { sendRaw, type RawReply } from '@sluice/testing';
import { FORMAT_CLIENTS } from './harness/format-client.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';

const ORIGIN = 'https://app.example';

describe.each(FORMAT_CLIENTS)('a browser ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  beforeEach(() => test.configure());
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const preflight = (origin = ORIGIN, path = client.path): Promise<RawReply> =>
    sendRaw(test.url + path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type, x-stainless-os',
      },
    });
  const ask = (headers: Record<string, string>, body: object = client.body()): Promise<RawReply> =>
    sendRaw(test.url + client.path, { headers: { ...client.headers, ...headers }, body });

  it('is let in from everywhere, without credentials', async () => {
    const { status, headers } = await preflight();

    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': expect.stringContaining('POST') as string,
      'access-control-allow-headers': 'authorization, content-type, x-stainless-os',
    });
    expect(Number(headers['access-control-max-age'])).toBeGreaterThan(0);
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  it('may ask for the models too', async () => {
    expect((await preflight(ORIGIN, '/v1/models')).status).toBe(204);
  });

  it.each([
    ['an answer', client.body(), 200],
    ['a stream', client.body({ stream: true }), 200],
    ['a refusal', {}, 400],
  ])('may read %s and its headers', async (_, body, status) => {
    const reply = await ask({ origin: ORIGIN }, body);

    expect(reply.status).toBe(status);
    expect(reply.headers).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' });
  });

  it('may read why it was not let in', async () => {
    const reply = await sendRaw(test.url + client.path, { headers: { origin: ORIGIN }, body: {} });

    expect(reply.status).toBe(401);
    expect(reply.headers['access-control-allow-origin']).toBe('*');
  });

  it('goes unmentioned where there is none', async () => {
    const reply = await ask({});

    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('gets no vendor’s word on the matter', async () => {
    test.vendor.next({ headers: { 'access-control-allow-origin': 'https://vendor.example' } });

    expect((await ask({ origin: ORIGIN })).headers['access-control-allow-origin']).toBe('*');
  });

  describe('where origins are named', () => {
    beforeEach(() => test.configure({ server: { cors: { origins: [ORIGIN] } } }));

    it('is let in from one of them', async () => {
      const reply = await ask({ origin: ORIGIN });

      expect((await preflight()).headers['access-control-allow-origin']).toBe(ORIGIN);
      expect(reply.headers).toMatchObject({ 'access-control-allow-origin': ORIGIN, vary: 'origin' });
    });

    it('is not let in from another', async () => {
      const other = 'https://other.example';

      expect((await preflight(other)).headers['access-control-allow-origin']).toBeUndefined();
      expect((await ask({ origin: other })).headers['access-control-allow-origin']).toBeUndefined();
    });
  });
});

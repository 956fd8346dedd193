import { sendRaw, type RawReply } from '@sluice/testing';
import { FORMAT_CLIENTS } from './harness/format-client.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { CLIENT_KEY } from './harness/test-configuration.js';

describe.each(FORMAT_CLIENTS)('a client’s key ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  beforeEach(() => test.configure());
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const ask = (headers: Record<string, string>, query = ''): Promise<RawReply> =>
    sendRaw(test.url + client.path + query, {
      headers: { 'content-type': 'application/json', ...headers },
      body: client.body(),
    });

  it.each([
    ['authorization', `Bearer ${CLIENT_KEY}`],
    ['authorization', `bearer   ${CLIENT_KEY}`],
    ['x-api-key', CLIENT_KEY],
    ['x-goog-api-key', CLIENT_KEY],
  ])('is taken from %s', async (name, value) => {
    expect((await ask({ [name]: value })).status).toBe(200);
    expect(await test.ledger.only()).toMatchObject({ principalId: 'key:app' });
  });

  it('may stand beside a wrong one', async () => {
    expect((await ask({ authorization: 'Bearer left-over', 'x-api-key': CLIENT_KEY })).status).toBe(200);
    expect((await ask({ authorization: `Bearer ${CLIENT_KEY}`, 'x-api-key': 'left-over' })).status).toBe(200);
  });

  it.each([
    ['with another scheme', { authorization: `Basic ${CLIENT_KEY}` }, ''],
    ['without a scheme', { authorization: CLIENT_KEY }, ''],
    ['in the query', {}, `?key=${CLIENT_KEY}`],
    ['in part', { 'x-api-key': CLIENT_KEY.slice(0, -1) }, ''],
    ['in another case', { 'x-api-key': CLIENT_KEY.toUpperCase() }, ''],
    ['that is empty', { 'x-api-key': '' }, ''],
  ])('%s is none', async (_, headers, query) => {
    const reply = await ask(headers, query);

    expect(reply.status).toBe(401);
    expect(test.vendor.requests).toHaveLength(0);
  });

  it('is not asked for where the configuration says so, and still tells who it is', async () => {
    await test.configure({ server: { allowUnauthenticated: true } });

    await ask({});
    await ask({ 'x-api-key': 'not-needed' });
    await ask({ 'x-api-key': CLIENT_KEY });
    await test.ledger.allSettled();

    const principals = test.ledger.settled.map((record) => record.principalId);
    expect(principals).toEqual(['anonymous', 'anonymous', 'key:app']);
  });
});

import { connect } from 'node:net';
import { once } from 'node:events';
import { sendRaw } from '@sluice/testing';
import { FORMAT_CLIENTS } from './harness/format-client.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { accountsWithSpare } from './harness/test-configuration.js';

const PAUSE_THAT_NOBODY_WAITS_FOR_MS = 5_000;

describe.each(FORMAT_CLIENTS)('a client that leaves ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const gone = { ending: 'client-closed', errorKind: 'client_closed' };

  it.each([false, true])('before the head takes the call to the vendor with it (stream: %s)', async (stream) => {
    const abort = new AbortController();
    const cancelled = test.vendor.cancelledRequests;
    test.vendor.next({ hang: true });

    const reply = sendRaw(test.url + client.path, {
      headers: client.headers,
      body: client.body({ stream }),
      signal: abort.signal,
    });
    await test.vendor.waitUntil(() => test.vendor.activeRequests === 1);
    abort.abort();

    expect((await reply).ending).toBe('aborted');
    await test.vendor.waitUntil(() => test.vendor.cancelledRequests === cancelled + 1);
    expect(await test.ledger.only()).toMatchObject({ ...gone, status: 499, attempts: 1 });
    expect(test.logged('exchange')).toMatchObject([{ level: 'info', ending: 'client-closed' }]);
  });

  it('in the middle of a stream takes the vendor’s stream with it', async () => {
    const abort = new AbortController();
    const cancelled = test.vendor.cancelledStreams;
    test.vendor.next({ chunks: 1_000, hangAfterChunks: 2 });

    const read = client.stream(test.url, { signal: abort.signal, onText: () => abort.abort() });

    expect((await read).text).not.toBe('');
    await test.vendor.waitUntil(() => test.vendor.cancelledStreams === cancelled + 1);
    expect(await test.ledger.only()).toMatchObject({ ...gone, status: 200, attempts: 1 });
  });

  it('while a whole answer is collected takes the call with it', async () => {
    const abort = new AbortController();
    test.vendor.next({ hangAfterChunks: 1 });

    const reply = sendRaw(test.url + client.path, {
      headers: client.headers,
      body: client.body(),
      signal: abort.signal,
    });
    await test.vendor.waitUntil(() => test.vendor.activeRequests === 1);
    abort.abort();

    expect((await reply).status).toBeUndefined();
    expect(await test.ledger.only()).toMatchObject({ ...gone, status: 499 });
  });

  it('before its body is complete has asked nobody', async () => {
    const { hostname, port } = new URL(test.url);
    const headers = Object.entries(client.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      `POST ${client.path} HTTP/1.1\r\nhost: sluice\r\ncontent-length: 100\r\n${headers.join('')}\r\n{"model":`,
    );
    await test.ledger.waitUntil(() => test.ledger.started === 1);

    socket.destroy();

    expect(await test.ledger.only()).toMatchObject({ ...gone, status: 499, attempts: 0 });
    expect(test.vendor.requests).toHaveLength(0);
  });

  it('while another try is waited for ends the waiting, and nobody is asked again', async () => {
    const abort = new AbortController();
    await test.configure({
      accounts: accountsWithSpare(test.vendor.url, test.spare.url),
      retry: { maxWaitMs: PAUSE_THAT_NOBODY_WAITS_FOR_MS },
    });
    const later = { status: 503, retryAfter: String(PAUSE_THAT_NOBODY_WAITS_FOR_MS / 1000) };
    test.vendor.next(later);
    test.spare.next(later);

    const reply = sendRaw(test.url + client.path, {
      headers: client.headers,
      body: client.body(),
      signal: abort.signal,
    });
    await test.ledger.waitUntil(() => test.ledger.failedAttempts.length === 2);
    abort.abort();
    await reply;

    expect(await test.ledger.only()).toMatchObject({ ...gone, status: 499, attempts: 2 });
    expect([test.vendor.requests.length, test.spare.requests.length]).toEqual([1, 1]);
    await test.configure();
  });

  it('leaves the others alone', async () => {
    const abort = new AbortController();
    test.vendor.script([{ hang: true }, { text: 'still here' }]);
    const first = client.ask(test.url, { signal: abort.signal });
    await test.vendor.waitUntil(() => test.vendor.activeRequests === 1);

    const second = client.ask(test.url);
    abort.abort();

    await expect(first).rejects.toThrow(/abort/i);
    await expect(second).resolves.toBe('still here');
  });
});

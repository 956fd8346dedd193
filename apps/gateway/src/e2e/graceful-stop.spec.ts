import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { sendRaw, type RawReply } from '@sluice/testing';
import { FORMAT_CLIENTS, type FormatClient } from './harness/format-client.js';
import { refusalOf } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';

/** Longer than any test: the drain ends because nothing is open any more. */
const LONG_DRAIN_MS = 20_000;
/** The drain is over before the exchange is. */
const SHORT_DRAIN_MS = 20;
const CHUNK_DELAY_MS = 20;
const BODY_TIMEOUT_MS = 400;
/** More than the sockets between a vendor and a client hold when nobody reads. */
const FLOOD = { chunks: 400, chunkBytes: 128 * 1024 };

const MESSAGE = 'The gateway is restarting. Try again in a moment.';

/** A whole request as it stands on the wire. */
function rawRequest(client: FormatClient, body: string): string {
  const headers = Object.entries(client.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = Buffer.byteLength(body);
  return `POST ${client.path} HTTP/1.1\r\nhost: sluice\r\ncontent-length: ${length}\r\n${headers.join('')}\r\n${body}`;
}

describe.each(FORMAT_CLIENTS)('a gateway that is stopped ($format)', (client) => {
  let test: TestGateway;
  beforeEach(async () => {
    test = await startTestGateway();
  });
  afterEach(async () => {
    await test.stop();
    await test.checkAfterTest();
  });

  const get = (path: string): Promise<RawReply> => sendRaw(test.url + path, { method: 'GET' });

  it('lets a stream come to its end', async () => {
    test.vendor.next({ text: 'one two three four five', chunkDelayMs: CHUNK_DELAY_MS });
    let stopped: Promise<void> | undefined;

    const read = await client.stream(test.url, { onText: () => (stopped ??= test.gateway.stop(LONG_DRAIN_MS)) });

    await stopped;
    expect(read).toEqual({ text: 'one two three four five', error: undefined });
    expect(await test.ledger.only()).toMatchObject({ ending: 'completed' });
  });

  it('lets a whole answer come to its end, and asks for its connection to be closed', async () => {
    test.vendor.next({ text: 'done', delayMs: CHUNK_DELAY_MS });
    const reply = sendRaw(test.url + client.path, {
      agent: new Agent({ keepAlive: true }),
      headers: client.headers,
      body: client.body(),
    });
    await test.vendor.waitUntil(() => test.vendor.activeRequests === 1);

    await test.gateway.stop(LONG_DRAIN_MS);

    expect((await reply).status).toBe(200);
    expect((await reply).headers['connection']).toBe('close');
  });

  it('ends a stream that takes longer with the format’s own error event', async () => {
    test.vendor.next({ text: 'one two three four', hangAfterChunks: 2 });
    let stopped: Promise<void> | undefined;

    const { text, error } = await client.stream(test.url, {
      onText: () => (stopped ??= test.gateway.stop(SHORT_DRAIN_MS)),
    });

    await stopped;
    expect(text).toBe('one two');
    expect(error).toEqual({
      name: 'APIError',
      status: undefined,
      type: client.format === 'openai-chat' ? 'server_error' : 'overloaded_error',
      code: 'shutting_down',
      message: MESSAGE,
    });
    expect(await test.ledger.only()).toMatchObject({ ending: 'broken', errorKind: 'shutting_down' });
    await test.vendor.waitUntil(() => test.vendor.cancelledStreams === 1);
  });

  it('refuses what has not begun to be answered when the time is over', async () => {
    test.vendor.next({ hang: true });
    const refused = refusalOf(client.ask(test.url));
    await test.vendor.waitUntil(() => test.vendor.activeRequests === 1);

    await test.gateway.stop(SHORT_DRAIN_MS);

    const { error } = await refused;
    expect(error).toMatchObject({ status: 503, code: 'shutting_down', message: MESSAGE });
    expect(test.vendor.cancelledRequests).toBe(1);
  });

  it('refuses what waits for another try when the time is over', async () => {
    await test.configure({ retry: { maxWaitMs: LONG_DRAIN_MS } });
    test.vendor.next({ status: 503, retryAfter: String(LONG_DRAIN_MS / 1000) });
    const refused = refusalOf(client.ask(test.url));
    await test.ledger.waitUntil(() => test.ledger.failedAttempts.length === 1);

    await test.gateway.stop(SHORT_DRAIN_MS);

    expect((await refused).error).toMatchObject({ status: 503, code: 'shutting_down', message: MESSAGE });
  });

  it('lets a client that reads slowly have the rest of its answer', async () => {
    test.vendor.next(FLOOD);
    const socket = connect(Number(new URL(test.url).port), '127.0.0.1').pause();
    socket.write(rawRequest(client, JSON.stringify(client.body())));
    const { bytesOut } = await test.ledger.only();

    const stopped = test.gateway.stop(LONG_DRAIN_MS);
    let received = 0;
    socket.on('data', (chunk) => (received += chunk.length)).resume();
    await once(socket, 'end');

    await stopped;
    expect(bytesOut).toBeGreaterThan(FLOOD.chunks * FLOOD.chunkBytes);
    expect(received).toBeGreaterThan(bytesOut); // the body and its head
  });

  it('is alive but not ready while it drains, and serves what still comes', async () => {
    test.vendor.script([{ hang: true }, { text: 'late' }]);
    const refused = refusalOf(client.ask(test.url));
    await test.vendor.waitUntil(() => test.vendor.activeRequests === 1);

    const stopped = test.gateway.stop(CHUNK_DELAY_MS * 20);

    const ready = await get('/ready');
    expect(ready.status).toBe(503);
    expect(JSON.parse(ready.text)).toEqual({
      status: 'not ready',
      missing: ['the process is draining before it stops'],
    });
    expect(ready.headers['connection']).toBe('close');
    expect((await get('/health')).status).toBe(200);
    await expect(client.ask(test.url)).resolves.toBe('late');
    await Promise.all([stopped, refused]);
  });

  it('takes no connection any more when it has stopped', async () => {
    await test.gateway.stop(SHORT_DRAIN_MS);

    const socket = connect(Number(new URL(test.url).port), '127.0.0.1');

    await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('stops once, however often it is told to', async () => {
    await Promise.all([test.gateway.stop(LONG_DRAIN_MS), test.gateway.stop(0), test.gateway.stop(LONG_DRAIN_MS)]);

    expect(test.logged('stopping')).toHaveLength(1);
    expect(test.logged('stopped')).toHaveLength(1);
  });

  describe('does not wait for ever', () => {
    let socket: Socket;
    beforeEach(async () => {
      socket = connect(Number(new URL(test.url).port), '127.0.0.1');
      socket.on('error', () => {}); // the gateway may cut it
      await once(socket, 'connect');
    });
    afterEach(() => void socket.destroy());

    it('for a client that does not send the rest of its request', async () => {
      await test.configure({ server: { bodyTimeoutMs: BODY_TIMEOUT_MS } });
      socket.write(rawRequest(client, JSON.stringify(client.body())).slice(0, -10));
      await test.ledger.waitUntil(() => test.ledger.started === 1);

      await test.gateway.stop(SHORT_DRAIN_MS);

      expect(await test.ledger.only()).toMatchObject({ ending: 'failed', errorKind: 'shutting_down', attempts: 0 });
    });

    it('for a client that does not read its answer', async () => {
      test.vendor.next(FLOOD);
      socket.write(rawRequest(client, JSON.stringify(client.body({ stream: true }))));
      await once(socket, 'data');
      socket.pause();

      await test.gateway.stop(SHORT_DRAIN_MS);

      expect(await test.ledger.only()).toMatchObject({ ending: 'broken', errorKind: 'shutting_down' });
    });

    it('for a connection that nothing has come over', async () => {
      await test.gateway.stop(LONG_DRAIN_MS);

      expect(test.logged('stopped')).toHaveLength(1);
    });
  });
});

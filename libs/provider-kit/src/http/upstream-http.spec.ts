import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { GatewayError } from '@sluice/core';
import { Cancellation } from '@sluice/streaming';
import type { Transport, UpstreamTimeouts } from '../account.js';
import { replay, ScriptedVendor, silence, stallAfterFirstChunk } from '../conformance/scripted-vendor.js';
import type { UpstreamReply } from '../provider.js';
import { readBody } from './read-body.js';
import { UpstreamHttp, type UpstreamRequest } from './upstream-http.js';

const PATIENT: UpstreamTimeouts = { connectMs: 30_000, firstByteMs: 30_000, idleMs: 30_000 };
const HELLO = replay({ status: 200, headers: { 'content-type': 'text/plain' }, chunks: ['hello'] });

const fixture = (name: string): string => readFileSync(new URL(`./__fixtures__/${name}`, import.meta.url), 'utf8');

function get(url: string, changes: Partial<UpstreamRequest> = {}): UpstreamRequest {
  return {
    method: 'GET',
    url,
    headers: {},
    transport: { timeouts: PATIENT },
    cancellation: new Cancellation(),
    ...changes,
  };
}

async function text(reply: UpstreamReply): Promise<string> {
  return (await readBody(reply.body, 1024 * 1024, new Cancellation())).toString();
}

async function failure(promise: Promise<unknown>): Promise<GatewayError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

/** A TCP server that answers whatever it is asked with these bytes, then closes. */
async function rawServer(answer: string | undefined): Promise<{ origin: string; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => (answer === undefined ? socket.destroy() : socket.end(answer)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('UpstreamHttp', () => {
  let http: UpstreamHttp;
  let vendor: ScriptedVendor;

  beforeEach(async () => {
    http = new UpstreamHttp();
    vendor = await ScriptedVendor.open(HELLO);
  });

  afterEach(async () => {
    await http.destroy();
    await vendor.close();
  });

  describe('send', () => {
    it('brings path, query, headers and body to the vendor and the answer back', async () => {
      const headers = { 'x-one': '1', 'x-many': ['a', 'b'], 'x-none': undefined };

      const reply = await http.send(
        get(`${vendor.origin}/v1/x?y=1`, { method: 'POST', headers, body: Buffer.from('payload') }),
      );

      expect([reply.status, reply.headers['content-type'], await text(reply)]).toEqual([200, 'text/plain', 'hello']);
      const [seen] = vendor.seen;
      expect(seen).toMatchObject({ method: 'POST', url: '/v1/x?y=1', body: Buffer.from('payload') });
      expect(seen?.headers).toMatchObject({ 'x-one': '1', 'x-many': 'a, b', 'content-length': '7' });
    });

    it.each([
      ['', '/'],
      ['?a=b', '/?a=b'],
      ['/a?b=/c', '/a?b=/c'],
    ])('reads the path of origin + "%s"', async (rest, expected) => {
      await text(await http.send(get(vendor.origin + rest)));

      expect(vendor.seen[0]?.url).toBe(expected);
    });

    it('leaves out what only the transport may say', async () => {
      const headers = { 'transfer-encoding': 'gzip', 'content-length': '99', connection: 'x', 'accept-encoding': 'br' };

      await text(await http.send(get(vendor.origin, { headers })));

      const seen = vendor.seen[0]?.headers ?? {};
      expect(seen['transfer-encoding']).toBeUndefined();
      expect(seen['content-length']).toBeUndefined();
      expect([seen['accept-encoding'], seen.connection]).toEqual(['identity', 'keep-alive']);
    });

    it('uses a connection again', async () => {
      const ports = new Set<number | undefined>();
      vendor.answer((request, response) => {
        ports.add(response.socket?.remotePort);
        HELLO(request, response);
      });

      await text(await http.send(get(vendor.origin)));
      await turnOfTheLoop(); // undici keeps a connection back for so long after an answer
      await text(await http.send(get(vendor.origin)));

      expect(ports.size).toBe(1);
    });

    it('does not let calls wait for each other', async () => {
      vendor.answer(stallAfterFirstChunk({ status: 200, chunks: ['x'] }));

      const replies = await Promise.all(Array.from({ length: 20 }, () => http.send(get(vendor.origin))));

      expect(replies).toHaveLength(20);
      for (const reply of replies) reply.body.cancel();
    });

    it('does not take an early hint for the answer', async () => {
      vendor.answer((request, response) => {
        response.writeEarlyHints({ link: '</style.css>; rel=preload' });
        HELLO(request, response);
      });

      const reply = await http.send(get(vendor.origin));

      expect([reply.status, await text(reply)]).toEqual([200, 'hello']);
    });

    it('hands a redirect back instead of following it', async () => {
      vendor.answer(replay({ status: 307, headers: { location: '/elsewhere' }, chunks: [] }));

      const reply = await http.send(get(vendor.origin));

      expect([reply.status, await text(reply), vendor.seen.length]).toEqual([307, '', 1]);
    });
  });

  describe('an answer that is compressed all the same', () => {
    it.each([
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
    ] as const)('is decompressed: %s', async (encoding, compress) => {
      const bytes = compress('hello, compressed');
      const headers = { 'content-encoding': encoding, 'content-length': String(bytes.length), 'x-kept': '1' };
      vendor.answer(replay({ status: 200, headers, chunks: [bytes] }));

      const reply = await http.send(get(vendor.origin));

      expect(await text(reply)).toBe('hello, compressed');
      expect(reply.headers).toMatchObject({ 'x-kept': '1' });
      expect([reply.headers['content-encoding'], reply.headers['content-length']]).toEqual([undefined, undefined]);
    });

    it('fails with its name where we cannot read it', async () => {
      vendor.answer(replay({ status: 200, headers: { 'content-encoding': 'zstd' }, chunks: ['?'] }));

      const error = await failure(http.send(get(vendor.origin)));

      expect([error.kind, error.message]).toEqual(['upstream_invalid_response', expect.stringContaining('zstd')]);
    });

    it('fails where it is not what it says', async () => {
      vendor.answer(replay({ status: 200, headers: { 'content-encoding': 'gzip' }, chunks: ['plain text'] }));

      const error = await failure(http.send(get(vendor.origin)).then(text));

      expect(error.kind).toBe('upstream_invalid_response');
    });

    it('fails as truncated where it ends too early', async () => {
      const bytes = gzipSync('hello, compressed').subarray(0, -9);
      vendor.answer(replay({ status: 200, headers: { 'content-encoding': 'gzip' }, chunks: [bytes] }));

      const error = await failure(http.send(get(vendor.origin)).then(text));

      expect(error.kind).toBe('upstream_truncated');
    });
  });

  describe('a vendor that cannot be reached', () => {
    it('is reported with the reason', async () => {
      const { origin, server } = await rawServer(undefined);
      server.close();
      await once(server, 'close');

      const error = await failure(http.send(get(origin)));

      expect([error.kind, error.message]).toEqual(['upstream_unreachable', expect.stringContaining('refused')]);
    });

    it.each([
      ['closes without an answer', undefined, 'upstream_unreachable'],
      ['does not speak HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 'upstream_invalid_response'],
      ['answers less than it announced', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort', 'upstream_truncated'],
      [
        'ends inside a chunk',
        'HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n9\r\nshort',
        'upstream_truncated',
      ],
    ])('is told from one that %s', async (_case, answer, kind) => {
      const { origin, server } = await rawServer(answer);

      const error = await failure(http.send(get(origin)).then(text));

      expect(error.kind).toBe(kind);
      server.close();
    });

    it('is told from a request that cannot be formed, without showing the value', async () => {
      const headers = { authorization: 'Bearer secret\r\nx: y' };

      const error = await failure(http.send(get(vendor.origin, { headers })));

      expect(error.message).toContain('invalid authorization header');
      expect(error.message).not.toContain('secret');
    });
  });

  describe('timeouts', () => {
    const short = (timeouts: Partial<UpstreamTimeouts>): Partial<UpstreamRequest> => ({
      transport: { timeouts: { ...PATIENT, ...timeouts } },
    });

    it('end the wait for the head', async () => {
      vendor.answer(silence);

      const error = await failure(http.send(get(vendor.origin, short({ firstByteMs: 1 }))));

      expect([error.kind, error.message]).toEqual(['upstream_silent', expect.stringContaining('within 1 ms')]);
    });

    it('end the wait for the next piece of the body', async () => {
      vendor.answer(stallAfterFirstChunk({ status: 200, chunks: ['x'] }));

      const error = await failure(http.send(get(vendor.origin, short({ idleMs: 1 }))).then(text));

      expect([error.kind, error.message]).toEqual(['upstream_silent', expect.stringContaining('for 1 ms')]);
    });
  });

  describe('cancellation', () => {
    it('refuses a call that is cancelled already', async () => {
      const cancellation = new Cancellation();
      cancellation.cancel('gone');

      const error = await failure(http.send(get(vendor.origin, { cancellation })));

      expect([error.kind, error.cause, vendor.seen]).toEqual(['client_closed', 'gone', []]);
    });

    it('fails with the reason itself where it is an error for the client', async () => {
      const cancellation = new Cancellation();
      vendor.answer(silence);
      const sent = http.send(get(vendor.origin, { cancellation }));
      const reason = new GatewayError({ kind: 'shutting_down', message: 'draining' });

      cancellation.cancel(reason);

      expect(await failure(sent)).toBe(reason);
    });

    it('never sends a call that is cancelled while its connection is opened', async () => {
      const cancellation = new Cancellation();
      const sent = http.send(get(vendor.origin, { cancellation }));

      cancellation.cancel('gone');

      expect((await failure(sent)).kind).toBe('client_closed');
      await text(await http.send(get(vendor.origin))); // the way is free for the next
      expect(vendor.seen).toHaveLength(1);
    });

    it('ends the body without a word to the listener', async () => {
      vendor.answer(stallAfterFirstChunk({ status: 200, chunks: ['x'] }));
      const cancellation = new Cancellation();
      const arrived = vendor.nextRequest();
      const { body } = await http.send(get(vendor.origin, { cancellation }));
      const heard: string[] = [];
      await new Promise<void>((resolve) => {
        body.start({
          onData: () => resolve(),
          onEnd: () => heard.push('end'),
          onError: () => heard.push('error'),
        });
      });

      cancellation.cancel('gone');

      expect(await (await arrived).closed).toBe(false);
      expect(heard).toEqual([]);
    });
  });

  describe('TLS', () => {
    const cert = fixture('localhost.cert.pem');
    const server = createHttpsServer(
      { cert, key: fixture('localhost.key.pem'), ca: cert, requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        const peer = request.socket as unknown as { authorized: boolean }; // a TLS server's sockets have it
        response.end(peer.authorized ? 'with certificate' : 'without certificate');
      },
    );
    let origin: string;

    beforeAll(async () => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });

    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    const over = (tls: NonNullable<Transport['tls']>): UpstreamRequest =>
      get(origin, { transport: { timeouts: PATIENT, tls } });

    it('refuses a certificate that nobody vouches for, and says what to do', async () => {
      const error = await failure(http.send(get(origin)));

      expect([error.kind, error.message]).toEqual(['upstream_unreachable', expect.stringContaining('tls.caFile')]);
    });

    it('trusts the authority of the account', async () => {
      expect(await text(await http.send(over({ ca: cert })))).toBe('without certificate');
    });

    it('asks for the name that the account says, and checks the certificate for it', async () => {
      const secure = once(server, 'secureConnection') as Promise<[{ servername: string }]>;

      expect(await text(await http.send(over({ ca: cert, servername: 'localhost' })))).toBe('without certificate');
      expect((await secure)[0].servername).toBe('localhost');
      const error = await failure(http.send(over({ ca: cert, servername: 'other.example' })));
      expect([error.kind, error.message]).toEqual([
        'upstream_unreachable',
        expect.stringContaining('tls.serverName of the account'),
      ]);
    });

    it('shows the certificate of the account', async () => {
      const identity = { ca: cert, cert, key: fixture('localhost.key.pem') };

      expect(await text(await http.send(over(identity)))).toBe('with certificate');
    });

    it('believes everybody where the account says so', async () => {
      expect(await text(await http.send(over({ rejectUnauthorized: false })))).toBe('without certificate');
    });
  });

  describe('close', () => {
    it('lets running calls finish and takes no more', async () => {
      let finish = (): void => {};
      vendor.answer((_request, response) => {
        response.write('first, ');
        finish = () => response.end('last');
      });
      const reply = await http.send(get(vendor.origin));

      const closed = http.close();
      const refused = await failure(http.send(get(vendor.origin)));
      finish();

      expect(await text(reply)).toBe('first, last');
      expect(refused.kind).toBe('shutting_down');
      await closed;
    });
  });

  describe('destroy', () => {
    it('breaks off a call that waits for its head', async () => {
      vendor.answer(silence);
      const arrived = vendor.nextRequest();
      const sent = failure(http.send(get(vendor.origin)));
      await arrived;

      await http.destroy();

      expect((await sent).kind).toBe('shutting_down');
    });
  });
});

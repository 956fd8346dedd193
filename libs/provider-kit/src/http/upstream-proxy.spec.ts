import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { GatewayError } from '@sluice/core';
import { Cancellation } from '@sluice/streaming';
import { replay, ScriptedVendor } from '../conformance/scripted-vendor.js';
import { readBody } from './read-body.js';
import { UpstreamHttp } from './upstream-http.js';

const fixture = (name: string): string => readFileSync(new URL(`./__fixtures__/${name}`, import.meta.url), 'utf8');
const CERTIFICATE = fixture('localhost.cert.pem');

const portOf = (server: Server | HttpServer): number => (server.address() as AddressInfo).port;

async function listening<S extends Server | HttpServer>(server: S): Promise<S> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** An HTTP proxy that opens tunnels for `me:pw` (or for everybody) and counts what it is asked. */
function connectProxy(asked: string[], authorization?: string): HttpServer {
  const proxy = createHttpServer();
  proxy.on('connect', (request: IncomingMessage, client: Socket) => {
    client.on('error', () => {});
    asked.push(request.url ?? '');
    if (authorization !== undefined && request.headers['proxy-authorization'] !== authorization) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => client.destroy());
  });
  return proxy;
}

/** A SOCKS 5 proxy for `me:pw`. It reads whole messages per packet, which loopback gives it. */
function socksProxy(asked: string[]): Server {
  return createServer((client) => {
    client.on('error', () => {});
    const step = async (): Promise<Buffer> => ((await once(client, 'data')) as [Buffer])[0];
    void (async () => {
      await step();
      client.write(Buffer.from([5, 2]));
      const login = await step();
      const isKnown = login.equals(Buffer.from([1, 2, 0x6d, 0x65, 2, 0x70, 0x77]));
      client.write(Buffer.from([1, isKnown ? 0 : 1]));
      const wanted = await step();
      const isName = wanted[3] === 3;
      const length = wanted[4] ?? 0;
      const host = isName ? wanted.toString('latin1', 5, 5 + length) : wanted.subarray(4, 8).join('.');
      const port = wanted.readUInt16BE(wanted.length - 2);
      asked.push(`${host}:${port}`);
      const upstream = connect(port, '127.0.0.1', () => {
        client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
        client.pipe(upstream).pipe(client);
      });
      upstream.on('error', () => client.destroy());
    })();
  });
}

describe('UpstreamHttp through a proxy', () => {
  let http: UpstreamHttp;
  let vendor: ScriptedVendor;
  let secureVendor: HttpServer;
  let proxy: Server | HttpServer;
  const asked: string[] = [];

  beforeAll(async () => {
    vendor = await ScriptedVendor.open(replay({ status: 200, chunks: ['plain'] }));
    secureVendor = await listening(
      createHttpsServer({ cert: CERTIFICATE, key: fixture('localhost.key.pem') }, (_request, response) =>
        response.end('secure'),
      ),
    );
  });

  afterAll(async () => {
    await vendor.close();
    secureVendor.closeAllConnections();
    secureVendor.close();
  });

  beforeEach(() => {
    asked.length = 0;
    http = new UpstreamHttp();
  });

  afterEach(async () => {
    await http.destroy();
    proxy.close();
  });

  async function fetchText(url: string, proxyUrl: string | undefined, connectMs = 30_000): Promise<string> {
    const { body } = await http.send({
      method: 'GET',
      url,
      headers: {},
      transport: {
        timeouts: { connectMs, firstByteMs: 30_000, idleMs: 30_000 },
        tls: { ca: CERTIFICATE },
        ...(proxyUrl !== undefined && { proxyUrl }),
      },
      cancellation: new Cancellation(),
    });
    return (await readBody(body, 1024, new Cancellation())).toString();
  }

  async function failureOf(url: string, proxyUrl: string, connectMs?: number): Promise<GatewayError> {
    const outcome = await fetchText(url, proxyUrl, connectMs).catch((error: unknown) => error);
    if (outcome instanceof GatewayError) return outcome;
    throw new Error(`nothing failed: ${String(outcome)}`);
  }

  const secureUrl = (): string => `https://localhost:${portOf(secureVendor)}/`;

  describe('http:', () => {
    it('tunnels to a plain vendor, once per connection', async () => {
      proxy = await listening(connectProxy(asked));
      const proxyUrl = `http://127.0.0.1:${portOf(proxy)}`;

      expect(await fetchText(vendor.origin, proxyUrl)).toBe('plain');
      await turnOfTheLoop(); // undici keeps a connection back for so long after an answer
      expect(await fetchText(vendor.origin, proxyUrl)).toBe('plain');

      expect(asked).toEqual([vendor.origin.slice('http://'.length)]);
    });

    it('tunnels to a secure vendor with the user and password of its URL', async () => {
      proxy = await listening(connectProxy(asked, `Basic ${Buffer.from('me:p@w').toString('base64')}`));

      expect(await fetchText(secureUrl(), `http://me:p%40w@127.0.0.1:${portOf(proxy)}`)).toBe('secure');

      expect(asked).toEqual([`localhost:${portOf(secureVendor)}`]);
    });

    it('is used for every account when it is the global one, except for direct accounts', async () => {
      proxy = await listening(connectProxy(asked));
      http = new UpstreamHttp({ proxyUrl: `http://127.0.0.1:${portOf(proxy)}` });

      await fetchText(vendor.origin, undefined);
      await fetchText(vendor.origin, 'direct');

      expect(asked).toHaveLength(1);
    });

    it('says when it wants a password, without showing the one it got', async () => {
      proxy = await listening(connectProxy(asked, 'Basic other'));

      const error = await failureOf(secureUrl(), `http://me:hush@127.0.0.1:${portOf(proxy)}`);

      expect([error.kind, error.message]).toEqual(['upstream_unreachable', expect.stringContaining('407')]);
      expect(error.message).not.toContain('hush');
    });

    it('is told from the vendor when it cannot be reached', async () => {
      proxy = await listening(createServer());
      const port = portOf(proxy);
      proxy.close();
      await once(proxy, 'close');

      const error = await failureOf(vendor.origin, `http://127.0.0.1:${port}`);

      expect(error.message).toMatch(/^Could not reach \S+ through the proxy: .*\(ECONNREFUSED\)\.$/);
    });

    it('fails once, not for ever, when the proxy drops the connection', async () => {
      let connections = 0;
      proxy = await listening(
        createServer((socket) => {
          connections += 1;
          socket.on('error', () => {});
          socket.once('data', () => socket.destroy());
        }),
      );

      const error = await failureOf(secureUrl(), `http://127.0.0.1:${portOf(proxy)}`);

      expect([error.kind, connections]).toEqual(['upstream_unreachable', 1]);
    });
  });

  describe('https:', () => {
    it('is refused where its own certificate is not trusted', async () => {
      proxy = await listening(createHttpsServer({ cert: CERTIFICATE, key: fixture('localhost.key.pem') }));

      const error = await failureOf(vendor.origin, `https://127.0.0.1:${portOf(proxy)}`);

      expect([error.kind, error.message]).toEqual(['upstream_unreachable', expect.stringContaining('SELF_SIGNED')]);
    });
  });

  describe('socks5:', () => {
    it('tunnels to a plain vendor', async () => {
      proxy = await listening(socksProxy(asked));

      expect(await fetchText(vendor.origin, `socks5://me:pw@127.0.0.1:${portOf(proxy)}`)).toBe('plain');

      expect(asked).toEqual([vendor.origin.slice('http://'.length)]);
    });

    it('tunnels to a secure vendor and lets the proxy resolve its name', async () => {
      proxy = await listening(socksProxy(asked));

      expect(await fetchText(secureUrl(), `socks5://me:pw@127.0.0.1:${portOf(proxy)}`)).toBe('secure');

      expect(asked).toEqual([`localhost:${portOf(secureVendor)}`]);
    });

    it('says when it refuses the password', async () => {
      proxy = await listening(socksProxy(asked));

      const error = await failureOf(vendor.origin, `socks5://me:wrong@127.0.0.1:${portOf(proxy)}`);

      expect([error.kind, error.message]).toEqual([
        'upstream_unreachable',
        expect.stringContaining('refused the user'),
      ]);
      expect(error.message).not.toContain('wrong');
    });

    it('fails when the proxy closes', async () => {
      proxy = await listening(createServer((socket) => socket.end()));

      const error = await failureOf(vendor.origin, `socks5://127.0.0.1:${portOf(proxy)}`);

      expect([error.kind, error.message]).toEqual(['upstream_unreachable', expect.stringContaining('closed')]);
    });
  });

  describe('connect timeout', () => {
    it.each(['http', 'socks5'])('covers an %s: proxy that says nothing', async (scheme) => {
      proxy = await listening(createServer((socket) => socket.on('error', () => {}).resume()));

      const error = await failureOf(vendor.origin, `${scheme}://127.0.0.1:${portOf(proxy)}`, 1);

      expect([error.kind, error.message]).toEqual(['upstream_unreachable', expect.stringContaining('within 1 ms')]);
    });

    it('covers the TLS handshake inside the tunnel', async () => {
      const mute = await listening(createServer((socket) => socket.on('error', () => {}).resume()));
      proxy = await listening(connectProxy(asked));

      const error = await failureOf(`https://localhost:${portOf(mute)}`, `http://127.0.0.1:${portOf(proxy)}`, 300);

      expect([error.kind, error.message]).toEqual(['upstream_unreachable', expect.stringContaining('within 300 ms')]);
      mute.close();
    });
  });
});

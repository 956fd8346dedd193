import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Cancellation } from '@sluice/streaming';
import { FetchError, GuardedFetch, type FetchLimits, type GuardedFetchOptions } from './guarded-fetch.js';

const LIMITS: FetchLimits = { maxBytes: 1_000, timeoutMs: 30_000, allowHttp: true, privateHosts: [] };
const PNG = Buffer.from('\x89PNG and so on', 'latin1');

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const body =
  (bytes: Buffer | string, headers: Record<string, string> = { 'content-type': 'image/png' }, status = 200): Answer =>
  (_request, response) =>
    void response.writeHead(status, headers).end(bytes);
const redirect = (location: string, status = 302): Answer => body('', { location }, status);
/** Never ends, and waits for its reader. */
const endless: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'image/png' });
  const more = (): void => {
    while (response.write('x'.repeat(4_096)));
  };
  response.on('drain', more);
  more();
};
const silent: Answer = () => undefined;
const trickle: Answer = (_request, response) => void response.writeHead(200).write('x');

describe('GuardedFetch', () => {
  let server: Server;
  let port: number;
  let answer: Answer;
  let connections: number;
  let seen: IncomingMessage[];
  let open: GuardedFetch[];

  beforeEach(async () => {
    answer = body(PNG);
    connections = 0;
    seen = [];
    open = [];
    server = createHttpServer((request, response) => {
      seen.push(request);
      response.on('error', () => undefined);
      answer(request, response);
    });
    server.on('connection', () => (connections += 1));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(async () => {
    await Promise.all(open.map((fetcher) => fetcher.destroy()));
    server.closeAllConnections();
    server.close();
  });

  /** Takes this machine for public, and every name for this machine. */
  const lenient = (options: GuardedFetchOptions = {}) =>
    made({
      isAllowed: (address) => address === '127.0.0.1',
      resolve: (_name, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
      ...options,
    });
  function made(options: GuardedFetchOptions): GuardedFetch {
    const fetcher = new GuardedFetch(options);
    open.push(fetcher);
    return fetcher;
  }
  const at = (path = '/a.png', host = 'pictures.example') => `http://${host}:${port}${path}`;
  const fetched = (
    url = at(),
    limits: Partial<FetchLimits> = {},
    fetcher = lenient(),
    cancellation = new Cancellation(),
  ) => fetcher.fetch(url, { ...LIMITS, ...limits }, cancellation);
  async function flawOf(fetching: Promise<unknown>): Promise<string> {
    const error: unknown = await fetching.then(
      () => new Error('it was fetched'),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof FetchError)) throw error;
    return error.flaw;
  }

  it('gives bytes and type, and sends nothing that tells of us', async () => {
    answer = body(PNG, { 'content-type': 'Image/PNG; charset=binary' });

    expect(await fetched()).toEqual({ bytes: PNG, contentType: 'image/png' });
    expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host']);
  });

  describe('does not connect to', () => {
    it.each([
      ['this machine', 'http://127.0.0.1:PORT/'],
      ['this machine as a number', 'http://2130706433:PORT/'],
      ['this machine in hexadecimal', 'http://0x7f000001:PORT/'],
      ['this machine in octal', 'http://0177.0.0.1:PORT/'],
      ['this machine, shortened', 'http://127.1:PORT/'],
      ['this machine in wide digits', 'http://１２７.0.0.1:PORT/'],
      ['IPv6 loopback', 'http://[::1]:PORT/'],
      ['mapped IPv4', 'http://[::ffff:127.0.0.1]:PORT/'],
      ['mapped IPv4 in hexadecimal', 'http://[::ffff:7f00:1]:PORT/'],
      ['unspecified', 'http://0.0.0.0:PORT/'],
      ['a metadata service', 'http://169.254.169.254/latest/meta-data/'],
      ['a metadata service by IPv6', 'http://[fd00:ec2::254]/latest/meta-data/'],
      ['a private network', 'http://192.168.1.1/'],
    ])('%s', async (_what, url) => {
      expect(await flawOf(fetched(url.replace('PORT', String(port)), {}, made({})))).toBe('refused');
      expect(connections).toBe(0);
    });

    it.each([
      ['a private address', ['127.0.0.1']],
      ['a private address among public ones', ['203.0.114.1', '127.0.0.1']],
      ['a mapped one', ['::ffff:127.0.0.1']],
    ])('a name with %s', async (_what, addresses) => {
      const fetcher = made({
        resolve: (_name, done) =>
          done(
            null,
            addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
          ),
      });

      expect(await flawOf(fetched(at(), {}, fetcher))).toBe('refused');
      expect(connections).toBe(0);
    });

    it('a name by the system’s own resolver that is this machine', async () => {
      expect(await flawOf(fetched(at('/', 'localhost'), {}, made({})))).toBe('refused');
      expect(connections).toBe(0);
    });

    it('what a name has turned to since it was looked at', async () => {
      const answers = ['127.0.0.1', '127.0.0.2'];
      const fetcher = lenient({
        resolve: (_name, done) => done(null, [{ address: answers.shift() ?? '127.0.0.2', family: 4 }]),
      });
      answer = (_request, response) =>
        void response.writeHead(302, { location: at('/b', 'pictures.example'), connection: 'close' }).end();

      expect(await flawOf(fetched(at(), {}, fetcher))).toBe('refused');
      expect(answers).toEqual([]); // looked up once for each connection, and that answer was the one used
      expect(seen).toHaveLength(1);
    });

    it.each([
      ['file:///etc/passwd'],
      ['ftp://pictures.example/a.png'],
      ['gopher://pictures.example/'],
      ['data:image/png;base64,AAAA'],
      ['http://user:secret@pictures.example/'],
      ['no address'],
      [`http://pictures.example/${'x'.repeat(9_000)}`],
    ])('%s', async (url) => {
      expect(await flawOf(fetched(url))).toBe('refused');
    });

    it('plain http, unless that is allowed', async () => {
      expect(await flawOf(fetched(at(), { allowHttp: false }))).toBe('refused');
      expect(connections).toBe(0);
    });

    it.each([
      ['pictures.example', ['other.example'], 'refused'],
      ['pictures.example', ['pictures.example'], 'fetched'],
      ['pictures.example', ['*.example'], 'fetched'],
      ['pictures.example', ['*.pictures.example'], 'refused'],
      ['evilpictures.example', ['*.pictures.example'], 'refused'],
      ['a.pictures.example', ['*.Pictures.example'], 'fetched'],
    ])('hosts beside the named ones (%s, %j: %s)', async (host, hosts, expected) => {
      const outcome = fetched(at('/', host), { hosts });

      expect(
        await outcome.then(
          () => 'fetched',
          () => flawOf(outcome),
        ),
      ).toBe(expected);
    });
  });

  it('connects to a private host that the operator named', async () => {
    const named = made({});

    expect(await fetched(at('/', '127.0.0.1'), { privateHosts: ['127.0.0.1'] }, named)).toMatchObject({ bytes: PNG });
    expect(await flawOf(fetched(at('/', 'localhost'), { privateHosts: ['127.0.0.1'] }, named))).toBe('refused');
  });

  describe('redirects', () => {
    it('are followed', async () => {
      answer = (request, response) =>
        request.url === '/a.png' ? redirect('/b.png', 307)(request, response) : body(PNG)(request, response);

      expect(await fetched()).toMatchObject({ bytes: PNG });
      expect(seen.map(({ url }) => url)).toEqual(['/a.png', '/b.png']);
    });

    it.each([
      ['a private host', 'http://10.0.0.1/'],
      ['another scheme', 'file:///etc/passwd'],
      ['a login', 'http://a:b@pictures.example/'],
    ])('to %s are not', async (_what, location) => {
      answer = redirect(location);

      expect(await flawOf(fetched())).toBe('refused');
    });

    it('to plain http are not followed where only https is fetched', async () => {
      answer = redirect('http://pictures.example/');

      expect(await flawOf(fetched(at(), { allowHttp: false }))).toBe('refused');
    });

    it('end somewhere', async () => {
      answer = redirect('/a.png');

      expect(await flawOf(fetched())).toBe('status');
      expect(seen).toHaveLength(4);
    });

    it('without an address lead nowhere new', async () => {
      answer = body('', {}, 302);

      expect(await flawOf(fetched())).toBe('status');
    });
  });

  it.each<[what: string, answer: Answer, flaw: string]>([
    ['an error', body('no', {}, 404), 'status'],
    ['nothing', body('', {}, 204), 'status'],
    ['an empty body', body(''), 'status'],
    ['a part', body(PNG, {}, 206), 'status'],
    ['a compressed body', body(PNG, { 'content-encoding': 'gzip' }), 'status'],
    ['a body that is said to be too large', body('x'.repeat(1_001)), 'too-large'],
    ['a body without end', endless, 'too-large'],
  ])('takes no %s', async (_what, answered, flaw) => {
    answer = answered;

    expect(await flawOf(fetched())).toBe(flaw);
  });

  it.each<[string, Answer]>([
    ['that says nothing', silent],
    ['whose body stands still', trickle],
  ])('gives a server up %s', async (_what, answered) => {
    answer = answered;

    expect(await flawOf(fetched(at(), { timeoutMs: 30 }))).toBe('too-late');
  });

  it('says that a host cannot be reached', async () => {
    const refused = lenient({ resolve: (_name, done) => done(new Error('ENOTFOUND'), []) });

    expect(await flawOf(fetched(at(), {}, refused))).toBe('unreachable');
  });

  it('stops with its request', async () => {
    const cancellation = new Cancellation();
    answer = () => cancellation.cancel(new Error('the client is gone'));

    await expect(fetched(at(), {}, lenient(), cancellation)).rejects.toThrow('the client is gone');
    await expect(fetched(at(), {}, lenient(), cancellation)).rejects.toThrow('the client is gone');
  });

  it('fetches a bounded number at the same time, and lets a bounded number wait', async () => {
    const fetcher = lenient({ maxFetches: 1, maxWaiting: 1 });
    const responses: ServerResponse[] = [];
    const arrived = new Promise<void>((resolve) => {
      answer = (_request, response) => {
        responses.push(response);
        resolve();
      };
    });
    const first = fetched(at('/1'), {}, fetcher);
    await arrived;
    const second = fetched(at('/2'), {}, fetcher);

    expect(await flawOf(fetched(at('/3'), {}, fetcher))).toBe('busy');
    expect(seen.map(({ url }) => url)).toEqual(['/1']);
    answer = body(PNG);
    responses[0]?.end(PNG);
    expect(await Promise.all([first, second])).toHaveLength(2);
  });
});

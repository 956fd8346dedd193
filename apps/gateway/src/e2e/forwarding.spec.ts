import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { sendRaw, type RawCall, type RawReply } from '@sluice/testing';
import { toFile } from 'openai';
import { openAiClient } from './harness/format-client.js';
import { startRawVendor, type RawVendor } from './harness/raw-vendor.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { CLIENT_KEY, OPERATOR_KEY, SPARE_VENDOR_KEY, VENDOR_KEY } from './harness/test-configuration.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const MIB = 1024 * 1024;

describe('a path that no format describes', () => {
  let test: TestGateway;
  let openai: RawVendor;
  let anthropic: RawVendor;
  beforeAll(async () => {
    [test, openai, anthropic] = await Promise.all([startTestGateway(), startRawVendor(), startRawVendor()]);
  });
  beforeEach(() => test.configure({ accounts: accounts() }));
  afterEach(async () => {
    await test.checkAfterTest();
    openai.reset();
    anthropic.reset();
  });
  afterAll(() => Promise.all([test.stop(), openai.stop(), anthropic.stop()]));

  const members = { models: ['some-model'], cooldown: { enabled: false } };
  const accounts = (openAiUrl = openai.url) => [
    { id: 'chat', provider: 'openai-compatible', baseUrl: `${openAiUrl}/v1`, apiKey: VENDOR_KEY, ...members },
    { id: 'claude', provider: 'anthropic', baseUrl: anthropic.url, apiKey: SPARE_VENDOR_KEY, ...members },
  ];
  const send = (path: string, call: RawCall = {}): Promise<RawReply> =>
    sendRaw(test.url + path, {
      method: 'GET',
      ...call,
      headers: { authorization: `Bearer ${CLIENT_KEY}`, ...call.headers },
    });

  it('reaches the account with its method, query and body, and the answer comes back', async () => {
    openai.answerWith(201, { ...JSON_TYPE, 'x-ratelimit-limit-requests': '9' }, '{"id":"batch_1"}');

    const reply = await send('/v1/batches?limit=2&key=mine&%6bey=mine', {
      method: 'POST',
      body: '{"input_file_id":"f"}',
      headers: { ...JSON_TYPE, 'openai-beta': 'a=v1' },
    });

    expect([reply.status, reply.text]).toEqual([201, '{"id":"batch_1"}']);
    expect(reply.headers).toMatchObject({ ...JSON_TYPE, 'x-ratelimit-limit-requests': '9', 'x-sluice-attempts': '1' });
    expect(openai.requests).toMatchObject([
      {
        method: 'POST',
        target: '/v1/batches?limit=2',
        headers: { ...JSON_TYPE, authorization: `Bearer ${VENDOR_KEY}`, 'openai-beta': 'a=v1', 'content-length': '21' },
        body: Buffer.from('{"input_file_id":"f"}'),
      },
    ]);
  });

  it('tells the vendor nothing that is not its business', async () => {
    openai.answerWith(200, { ...JSON_TYPE, 'set-cookie': 'a=b' }, '{}');

    const reply = await send('/v1/files', {
      headers: {
        cookie: 'a=b',
        'x-forwarded-for': '203.0.113.9',
        'openai-organization': 'another',
        'anthropic-beta-like': 'no',
        te: 'trailers',
      },
    });

    const [seen] = openai.requests;
    expect(Object.keys(seen?.headers ?? {}).sort()).toEqual([
      'accept-encoding',
      'authorization',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  it('is metered as one request without tokens', async () => {
    openai.answerWith(200, JSON_TYPE, '{}');

    await send('/v1/batches', { method: 'POST', body: Buffer.alloc(1000), headers: JSON_TYPE });

    const record = await test.ledger.only();
    expect(record).toMatchObject({
      ending: 'completed',
      status: 200,
      accountId: 'chat',
      usage: { input: 0, output: 0 },
      bytesIn: 1000,
      bytesOut: 2,
    });
    expect([record.requestedModel, record.upstreamModel]).toEqual([undefined, undefined]);
  });

  it.each([
    ['/v1/messages/batches', {}],
    ['/v1/skills', { 'anthropic-version': '2023-06-01' }],
    ['/v1/files', { 'anthropic-beta': 'files-api-2025-04-14' }],
  ])('%s with %j is Anthropic’s', async (path, headers) => {
    anthropic.answerWith(200, JSON_TYPE, '{"data":[]}');

    const reply = await send(path, { headers });

    expect(reply.status).toBe(200);
    expect(anthropic.requests).toMatchObject([
      { target: path, headers: { 'x-api-key': SPARE_VENDOR_KEY, 'anthropic-version': '2023-06-01', ...headers } },
    ]);
  });

  it('takes an upload of the official SDK', async () => {
    openai.answerWith(200, JSON_TYPE, '{"id":"file_1","object":"file"}');

    const file = await openAiClient(test.url).files.create({
      file: await toFile(Buffer.from('{"a":1}\n'), 'a.jsonl'),
      purpose: 'batch',
    });

    expect(file.id).toBe('file_1');
    expect(openai.requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(openai.requests[0]?.body.toString()).toContain('{"a":1}\n');
  });

  it('passes 200 MB through without holding them', async () => {
    const total = 200 * MIB;
    const piece = Buffer.alloc(MIB, 'x');
    let received = 0;
    let sent = 0;
    let mostUnderWay = 0;
    openai.handle((request, response) => {
      request.on('data', (chunk: Buffer) => {
        received += chunk.length;
        mostUnderWay = Math.max(mostUnderWay, sent - received);
      });
      request.on('end', () => response.writeHead(200, JSON_TYPE).end('{}'));
    });
    const upload = httpRequest(`${test.url}/v1/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${CLIENT_KEY}`, 'content-type': 'multipart/form-data; boundary=b' },
    });
    const answered = once(upload, 'response');

    while (sent < total) {
      sent += piece.length;
      if (!upload.write(piece)) await once(upload, 'drain');
    }
    upload.end();

    const [response] = (await answered) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    expect(response.statusCode).toBe(200);
    expect(received).toBe(total);
    expect(mostUnderWay).toBeLessThan(48 * MIB); // what sockets of two connections hold, and far from the whole
    expect(await test.ledger.only()).toMatchObject({ bytesIn: total });
  });

  it('streams events back as they come', async () => {
    const pieces: string[] = [];
    openai.handle((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: one\n\n');
      again = () => void response.end('data: two\n\n');
    });
    let again = (): void => {};

    const reply = await send('/v1/audio/speech', {
      method: 'POST',
      onPiece: (bytes) => {
        pieces.push(bytes.toString());
        again();
      },
    });

    expect(pieces).toEqual(['data: one\n\n', 'data: two\n\n']);
    expect(reply.ending).toBe('complete');
  });

  it('tells a reader of events that the vendor broke off', async () => {
    openai.handle((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: one\n\n', () => response.destroy());
    });

    const reply = await send('/v1/audio/speech', { method: 'POST' });

    expect(reply.text).toMatch(/^data: one\n\ndata: \{"error":\{.*upstream_truncated/);
    expect(await test.ledger.only()).toMatchObject({ ending: 'broken' });
  });

  it('breaks off where the vendor broke off in a file', async () => {
    openai.handle((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      response.write('half', () => response.destroy());
    });

    const reply = await send('/v1/files/file_1/content');

    expect(reply.ending).toBe('broken');
  });

  it('ends at the vendor when the client goes', async () => {
    const gone = new AbortController();
    const closed = new Promise<void>((resolve) => {
      openai.handle((_request, response) => {
        response.on('close', resolve);
        response.writeHead(200, { 'content-type': 'application/octet-stream' });
        response.write('half', () => gone.abort());
      });
    });

    const reply = await send('/v1/files/file_1/content', { signal: gone.signal });

    await closed;
    expect(reply.ending).toBe('aborted');
    expect(await test.ledger.only()).toMatchObject({ ending: 'client-closed' });
  });

  it('ends at the vendor when the client goes in the middle of its upload', async () => {
    const closed = new Promise<void>((resolve) => {
      openai.handle((request) => {
        request.on('data', () => upload.destroy());
        request.on('error', () => {});
        request.on('close', resolve);
      });
    });
    const upload = httpRequest(`${test.url}/v1/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${CLIENT_KEY}` },
    });
    upload.on('error', () => {});

    upload.write(Buffer.alloc(MIB));

    await closed;
    expect(await test.ledger.only()).toMatchObject({ ending: 'client-closed', errorKind: 'client_closed' });
  });

  describe('with a vendor that refuses', () => {
    it('passes its words and its status', async () => {
      const body = '{"error":{"message":"No such file","type":"invalid_request_error","param":"id","code":null}}';
      openai.answerWith(404, JSON_TYPE, body);

      const reply = await send('/v1/files/file_9');

      expect([reply.status, JSON.parse(reply.text)]).toEqual([404, JSON.parse(body)]);
    });

    it('hides that our key was refused', async () => {
      openai.answerWith(401, JSON_TYPE, `{"error":{"message":"Incorrect key ${VENDOR_KEY}"}}`);

      const reply = await send('/v1/files');

      expect(reply.status).toBe(502);
      expect(JSON.parse(reply.text)).toMatchObject({ error: { code: 'upstream_auth_failed' } });
      expect(reply.text).not.toContain(VENDOR_KEY);
    });

    it('speaks Anthropic’s words to its clients', async () => {
      anthropic.answerWith(429, { ...JSON_TYPE, 'retry-after': '7' }, '<html>');

      const reply = await send('/v1/messages/batches');

      expect(reply.status).toBe(429);
      expect(reply.headers['retry-after']).toBe('7');
      expect(JSON.parse(reply.text)).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } });
    });

    it('reads its answer although the upload was not over', async () => {
      openai.handle((_request, response) => void response.writeHead(400, JSON_TYPE).end('{"error":{"message":"no"}}'));

      const reply = await send('/v1/files', { method: 'POST', body: Buffer.alloc(8 * MIB) });

      expect([reply.status, JSON.parse(reply.text)]).toEqual([400, { error: { message: 'no' } }]);
    });
  });

  describe('with a vendor that sends elsewhere', () => {
    it.each([
      ['/v1/files/file_2/content?x=1', '/v1/files/file_2/content?x=1'],
      ['file_2', '/v1/files/file_2'],
    ])('leads to %s by way of us', async (location, expected) => {
      openai.answerWith(302, { location }, '');

      const reply = await send('/v1/files/file_1');

      expect([reply.status, reply.headers['location']]).toEqual([302, expected]);
      expect(openai.requests).toHaveLength(1);
    });

    it('leads by way of us where the vendor names itself', async () => {
      openai.answerWith(307, { location: `${openai.url}/v1/files/file_2` }, '');

      expect((await send('/v1/files/file_1')).headers['location']).toBe('/v1/files/file_2');
    });

    it.each([
      'https://elsewhere.example/v1/files/file_2',
      '//elsewhere.example/v1',
      '/internal/files',
      'javascript:alert(1)',
      `/v1/files/file_2?token=${VENDOR_KEY}`,
    ])('keeps %s to itself', async (location) => {
      openai.answerWith(302, { location }, '');

      const reply = await send('/v1/files/file_1');

      expect([reply.status, reply.headers['location']]).toEqual([302, undefined]);
    });
  });

  describe('that administers the account at its vendor', () => {
    const PATHS = ['/v1/organization/admin_api_keys', '/v1/organizations/users', '/v1/admin/x', '/v1/%6frganization/x'];

    it.each(PATHS)('is refused: %s', async (path) => {
      const reply = await send(path);

      expect(reply.status).toBe(403);
      expect(reply.text).toContain('server.forwardAdminPaths');
      expect([...openai.requests, ...anthropic.requests]).toEqual([]);
    });

    it('is refused only to those who have shown a key', async () => {
      expect((await send('/v1/organization/users', { headers: { authorization: '' } })).status).toBe(401);
    });

    it('passes where the operator wants it', async () => {
      await test.configure({ accounts: accounts(), server: { forwardAdminPaths: true } });
      openai.answerWith(200, JSON_TYPE, '{"data":[]}');

      expect((await send('/v1/organization/users')).status).toBe(200);
    });
  });

  describe('with several accounts', () => {
    const spare = { id: 'spare', provider: 'openai', apiKey: SPARE_VENDOR_KEY, priority: 1, models: ['some-model'] };
    const withSpare = (firstUrl: string) => [...accounts(firstUrl), { ...spare, baseUrl: `${anthropic.url}/v1` }];
    const NOBODY = 'http://127.0.0.1:1';

    it('stays with the first, so that what was uploaded is found', async () => {
      await test.configure({ accounts: withSpare(openai.url) });
      openai.answerWith(200, JSON_TYPE, '{}');

      await send('/v1/files');
      await send('/v1/files');
      await send('/v1/files');

      expect(openai.requests).toHaveLength(3);
    });

    it('goes on to the next while nothing was sent', async () => {
      await test.configure({ accounts: withSpare(NOBODY) });
      anthropic.answerWith(200, JSON_TYPE, '{}');

      const reply = await send('/v1/files', { method: 'POST', body: 'abc' });

      expect(reply.status).toBe(200);
      expect(reply.headers['x-sluice-attempts']).toBe('2');
      expect(anthropic.requests).toMatchObject([{ target: '/v1/files', body: Buffer.from('abc') }]);
    });

    it('gives up once the first has taken of the body', async () => {
      await test.configure({ accounts: withSpare(openai.url) });
      openai.answerWith(500, JSON_TYPE, '{}');

      const reply = await send('/v1/files', { method: 'POST', body: 'abc' });

      expect([reply.status, reply.headers['x-sluice-attempts']]).toEqual([500, '1']);
      expect(anthropic.requests).toHaveLength(0);
    });
  });

  describe('is refused', () => {
    it.each([
      ['/v1/files', 'openai', 'invalid_request_error'],
      ['/v1/messages/batches', 'anthropic', 'not_found_error'],
    ])('at %s when no account serves the API of %s', async (path, _, type) => {
      await test.configure({ accounts: [] });

      const reply = await send(path);

      expect(reply.status).toBe(404);
      expect(JSON.parse(reply.text)).toMatchObject({
        error: { type, message: expect.stringContaining('no account serves the API of') as string },
      });
    });

    it.each(['/v1/files', '/v1/messages/batches', '/v1beta/files'])('at %s without a key', async (path) => {
      const reply = await send(path, { headers: { authorization: '' } });

      expect(reply.status).toBe(401);
    });

    it('to a key that may use certain models only', async () => {
      await test.configure({
        accounts: accounts(),
        apiKeys: [{ name: 'narrow', key: OPERATOR_KEY, models: ['gpt-test'] }],
      });

      const reply = await send('/v1/images/generations', {
        method: 'POST',
        headers: { authorization: `Bearer ${OPERATOR_KEY}` },
      });

      expect(reply.status).toBe(403);
    });

    it.each([
      '/v1/../admin',
      '/v1/%2e%2e/admin',
      '/v1/files/%2E%2E/%2e%2e/admin',
      '/v1/files/..%2fadmin',
      '/v1/files/%252e%252e/x',
      '/v1/files/a%2fb',
      '/v1/files/a%5cb',
      '/v1/files//x',
      '/v1/files/%0d%0ax',
      'http://evil.example/v1/files',
    ])('at %s, which leads elsewhere', async (target) => {
      const head = await rawHead(test.url, `GET ${target} HTTP/1.1`);

      expect(head).toMatch(/^HTTP\/1\.1 40[04] /);
      expect(openai.requests).toHaveLength(0);
    });

    it('with a declared length above the limit', async () => {
      const reply = await send('/v1/files', { method: 'POST', headers: { 'content-length': String(513 * MIB) } });

      expect(reply.status).toBe(413);
    });

    it.each(['PROPFIND', 'TRACE'])('with the method %s', async (method) => {
      const reply = await send('/v1/files', { method });

      expect(reply.status).toBe(405);
      expect(reply.headers['allow']).toBe('GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS');
    });
  });
});

/** The status line of the answer to a request line that a client would tidy up. */
async function rawHead(url: string, requestLine: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `${requestLine}\r\nhost: ${hostname}\r\nauthorization: Bearer ${CLIENT_KEY}\r\nconnection: close\r\n\r\n`,
  );
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

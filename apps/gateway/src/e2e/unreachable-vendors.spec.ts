import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { MockBehaviour } from '@sluice/mock-upstream';
import { FORMAT_CLIENTS, type FormatClient } from './harness/format-client.js';
import { refusalOf, type SeenError } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { accountsWithSpare, singleAccounts } from './harness/test-configuration.js';

const FIRST_BYTE_MS = 40;

/** A port that was free a moment ago and that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server has such an address once it listens
  server.close();
  await once(server, 'close');
  return port;
}

const TYPE: Readonly<Record<FormatClient['format'], string>> = {
  'openai-chat': 'server_error',
  'anthropic-messages': 'api_error',
};

describe.each(FORMAT_CLIENTS)('a vendor that cannot be reached ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const unreachable = (message: RegExp): SeenError => ({
    name: 'InternalServerError',
    status: 502,
    type: TYPE[client.format],
    code: 'upstream_unreachable',
    message: expect.stringMatching(message) as string,
  });

  it('because nobody listens is 502, and says where it was looked for', async () => {
    const port = await closedPort();
    await test.configure({ accounts: singleAccounts(`http://127.0.0.1:${port}`) });

    const { error } = await refusalOf(client.ask(test.url));

    expect(error).toEqual(
      unreachable(new RegExp(`^Could not reach 127\\.0\\.0\\.1:${port}: the connection was refused`)),
    );
    expect(await test.ledger.only()).toMatchObject({
      ending: 'failed',
      status: 502,
      errorKind: 'upstream_unreachable',
    });
  });

  it('because nobody listens is replaced by one that can', async () => {
    const dead = `http://127.0.0.1:${await closedPort()}`;
    await test.configure({ accounts: accountsWithSpare(dead, test.spare.url) });
    test.spare.next({ text: 'here' });

    await expect(client.ask(test.url)).resolves.toBe('here');
  });

  it('because it resets the connection is 502', async () => {
    await test.configure();
    test.vendor.when(() => true, { resetBeforeHead: true });

    const { error } = await refusalOf(client.ask(test.url));

    expect(error).toEqual(unreachable(/^Could not reach 127\.0\.0\.1:\d+: the connection was (?:reset|closed)/));
  });
});

describe.each(FORMAT_CLIENTS)('a vendor that is silent ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  it.each(['ask', 'stream'] as const)('is given up (%s)', async (method) => {
    await test.configure({ accounts: singleAccounts(test.vendor.url, { timeouts: { firstByteMs: FIRST_BYTE_MS } }) });
    test.vendor.next({ hang: true });

    const { error } = await refusalOf(client[method](test.url));

    expect(error).toMatchObject({
      name: client.format === 'openai-chat' ? 'InternalServerError' : 'GatewayTimeoutError',
      status: 504,
      code: 'upstream_silent',
      message: `127.0.0.1:${test.vendor.port} did not begin to answer within ${FIRST_BYTE_MS} ms.`,
    });
    await test.vendor.waitUntil(() => test.vendor.activeRequests === 0);
  });

  it('is replaced by one that talks', async () => {
    const timeouts = { timeouts: { firstByteMs: FIRST_BYTE_MS } };
    await test.configure({ accounts: accountsWithSpare(test.vendor.url, test.spare.url, timeouts) });
    test.vendor.when(() => true, { hang: true });
    test.spare.next({ text: 'talking' });

    await expect(client.ask(test.url)).resolves.toBe('talking');
    expect(test.vendor.requests).toHaveLength(1);
  });
});

describe.each(FORMAT_CLIENTS)('a whole answer that is none ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const rows: readonly (readonly [string, MockBehaviour, number, string | null, RegExp])[] = [
    ['is cut by an orderly end', { truncate: true }, 502, 'upstream_invalid_response', /not a JSON object/],
    ['is cut by a reset', { resetAfterChunks: 1 }, 502, 'upstream_truncated', /stopped before its end/],
    [
      'is a page',
      { body: '<html>hello</html>', contentType: 'text/html' },
      502,
      'upstream_invalid_response',
      /not a JSON/,
    ],
    ['is empty', { body: '' }, 502, 'upstream_invalid_response', /not a JSON object/],
    [
      'is elsewhere',
      { status: 302, body: '', headers: { location: '/' } },
      502,
      'upstream_invalid_response',
      /not a JSON/,
    ],
    ['is an error', { errorInStream: 'before', message: 'Not today.' }, 500, null, /^Not today\.$/],
  ];

  it.each(rows)('because it %s is a refusal', async (_, behaviour, status, code, message) => {
    test.vendor.next(behaviour);

    const { error } = await refusalOf(client.ask(test.url));

    expect(error).toMatchObject({ name: 'InternalServerError', status, code, type: TYPE[client.format] });
    expect(error.message).toMatch(message);
    expect(await test.ledger.only()).toMatchObject({ ending: 'failed', status, attempts: 1 });
  });
});

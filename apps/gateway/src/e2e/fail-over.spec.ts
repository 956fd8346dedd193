import type { MockBehaviour } from '@sluice/mock-upstream';
import { FORMAT_CLIENTS } from './harness/format-client.js';
import { refusalOf } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { account, accountsWithSpare, SECRETS, SPARE_VENDOR_KEY, VENDOR_KEY } from './harness/test-configuration.js';

/** Faults that another account can make good. */
const CURABLE: readonly (readonly [fault: string, behaviour: MockBehaviour])[] = [
  ['401', { status: 401 }],
  ['403', { status: 403 }],
  ['404', { status: 404 }],
  ['429', { status: 429 }],
  ['500', { status: 500 }],
  ['503', { status: 503 }],
  ['529', { status: 529 }],
  ['a reset before the head', { resetBeforeHead: true }],
];

/** The same inside an answer that began as a 200. */
const CURABLE_BODIES: readonly (readonly [fault: string, behaviour: MockBehaviour])[] = [
  ['a body that is cut', { truncate: true }],
  ['a body that is reset', { resetAfterChunks: 1 }],
  ['a body that is no JSON', { body: '<html>' }],
  ['an error in the body', { errorInStream: 'before' }],
];

const CURABLE_STREAMS: readonly (readonly [fault: string, behaviour: MockBehaviour])[] = [
  ['an error event before content', { errorInStream: 'before' }],
  ['a reset before content', { resetAfterChunks: 0 }],
  ['an end without content', { replay: { chunks: [] } }],
];

/** Refusals of the request itself: every account would say the same. */
const FINAL = [400, 413, 422];

const SPARE_TEXT = 'from the spare vendor';
const EVERY_REQUEST = (): boolean => true;

describe.each(FORMAT_CLIENTS)('a vendor that fails, with a spare one ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({ accounts: accountsWithSpare(test.vendor.url, test.spare.url) });
  });
  beforeEach(() => test.spare.when(EVERY_REQUEST, { text: SPARE_TEXT }));
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  it.each([...CURABLE, ...CURABLE_BODIES])('by %s is replaced for a whole answer', async (_, behaviour) => {
    test.vendor.when(EVERY_REQUEST, behaviour);

    const text = await client.ask(test.url);

    expect(text).toBe(SPARE_TEXT);
    expect(test.vendor.requests).toHaveLength(1);
    expect(test.spare.requests).toHaveLength(1);
    expect(await test.ledger.only()).toMatchObject({ ending: 'completed', attempts: 2, status: 200 });
    expect(test.logged('attempt failed')).toHaveLength(1);
  });

  it.each([...CURABLE, ...CURABLE_STREAMS])('by %s is replaced for a stream', async (_, behaviour) => {
    test.vendor.when(EVERY_REQUEST, behaviour);

    const read = await client.stream(test.url);

    expect(read).toEqual({ text: SPARE_TEXT, error: undefined });
    expect(test.vendor.requests).toHaveLength(1);
    expect(test.spare.requests).toHaveLength(1);
    expect(await test.ledger.only()).toMatchObject({ ending: 'completed', attempts: 2, status: 200 });
  });

  it.each(FINAL)('by %i is not replaced', async (status) => {
    test.vendor.when(EVERY_REQUEST, { status });

    const { error, headers } = await refusalOf(client.ask(test.url));

    expect(error.status).toBe(status);
    expect(headers.get('x-sluice-attempts')).toBe('1');
    expect(test.spare.requests).toHaveLength(0);
  });

  it.each([
    ['a reset', { resetAfterChunks: 2 }],
    ['an error event', { errorInStream: 'after' }],
    ['a missing end', { truncate: true }],
  ] as const)('by %s after content is never replaced: nobody gets two contents', async (_, behaviour) => {
    test.vendor.when(EVERY_REQUEST, { text: 'from the first vendor', ...behaviour });

    const { text, error } = await client.stream(test.url);

    expect('from the first vendor').toContain(text);
    expect(text).not.toBe('');
    expect(error?.name).toBe('APIError');
    expect(test.vendor.requests).toHaveLength(1);
    expect(test.spare.requests).toHaveLength(0);
  });

  it('hands on what the last one said when all fail', async () => {
    test.vendor.when(EVERY_REQUEST, { status: 401 });
    test.spare.when(EVERY_REQUEST, { status: 429, message: 'The spare one is busy.', retryAfter: '3' });

    const { error, headers } = await refusalOf(client.ask(test.url));

    expect(error).toMatchObject({ name: 'RateLimitError', status: 429, message: 'The spare one is busy.' });
    expect(headers.get('retry-after')).toBe('3');
    expect(headers.get('x-sluice-attempts')).toBe('2');
  });

  it('shows each account its own credential and nothing of the client’s', async () => {
    test.vendor.when(EVERY_REQUEST, { status: 500 });

    await client.ask(test.url);

    const shown = [test.vendor, test.spare].map((mock) => JSON.stringify(mock.requests[0]?.headers));
    const secretsIn = (text = ''): readonly string[] => SECRETS.filter((secret) => text.includes(secret));
    expect(shown.map(secretsIn)).toEqual([[VENDOR_KEY], [SPARE_VENDOR_KEY]]);
  });
});

describe.each(FORMAT_CLIENTS)('the cost of one request ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const accounts = (count: number, url: string) =>
    Array.from({ length: count }, (_, index) => account(client.format, url, { id: `many-${index}` }));

  it.each([1, 3])('stays within retry.maxAttempts %i, however many accounts there are', async (maxAttempts) => {
    await test.configure({ accounts: accounts(5, test.vendor.url), retry: { maxWaitMs: 0, maxAttempts } });
    test.vendor.when(EVERY_REQUEST, { status: 500 });

    const { headers } = await refusalOf(client.ask(test.url));

    expect(test.vendor.requests).toHaveLength(maxAttempts);
    expect(headers.get('x-sluice-attempts')).toBe(String(maxAttempts));
  });

  it('is at most one call per account where nothing says that waiting helps', async () => {
    await test.configure({ accounts: accounts(4, test.vendor.url) });
    test.vendor.when(EVERY_REQUEST, { status: 429 });

    const { error } = await refusalOf(client.ask(test.url));

    expect(error.status).toBe(429);
    expect(test.vendor.requests).toHaveLength(4);
  });

  it('is a second call to the only account after a passing fault, if there is time to wait', async () => {
    await test.configure({ retry: { maxWaitMs: 1000 } });
    test.vendor.script([{ status: 500 }, { text: 'well again' }]);

    const text = await client.ask(test.url);

    expect(text).toBe('well again');
    expect(await test.ledger.only()).toMatchObject({ ending: 'completed', attempts: 2 });
  });

  it('is no third call to the only account', async () => {
    await test.configure({ retry: { maxWaitMs: 1000 } });
    test.vendor.when(EVERY_REQUEST, { status: 503 });

    const { error } = await refusalOf(client.ask(test.url));

    expect(error.status).toBe(503);
    expect(test.vendor.requests).toHaveLength(2);
  });

  it('is no second call where the vendor wants to be left alone for longer than we wait', async () => {
    await test.configure({ retry: { maxWaitMs: 1000 } });
    test.vendor.when(EVERY_REQUEST, { status: 503, retryAfter: '60' });

    const { headers } = await refusalOf(client.ask(test.url));

    expect(headers.get('retry-after')).toBe('60');
    expect(test.vendor.requests).toHaveLength(1);
  });

  it('is refused at once where every account is at its limit', async () => {
    await test.configure({ accounts: [account(client.format, test.vendor.url, { id: 'narrow', maxConcurrency: 1 })] });
    const abort = new AbortController();
    test.vendor.next({ hang: true });
    const first = client.ask(test.url, { signal: abort.signal });
    await test.vendor.waitUntil(() => test.vendor.activeRequests === 1);

    const { error, headers } = await refusalOf(client.ask(test.url));
    abort.abort();

    expect(error).toMatchObject({ name: 'RateLimitError', status: 429, code: 'rate_limited' });
    expect(headers.get('retry-after')).toBe('1');
    await expect(first).rejects.toThrow(/abort/i);
    await test.ledger.allSettled();
    await expect(client.ask(test.url)).resolves.not.toBe('');
  });

  it('spares an account that cools down, and says when it is back', async () => {
    const cooling = account(client.format, test.vendor.url, {
      id: 'cooling',
      cooldown: { enabled: true },
    });
    await test.configure({ accounts: [cooling] });
    test.vendor.next({ status: 429, retryAfter: '60', message: 'Slow down.' });
    await refusalOf(client.ask(test.url));

    const { error, headers } = await refusalOf(client.ask(test.url));

    expect(error).toMatchObject({ name: 'RateLimitError', status: 429, code: 'model_cooldown' });
    expect(error.message).toMatch(/is cooling down\. Try again in (?:59|60) s\. The vendor said: Slow down\.$/);
    expect(['59', '60']).toContain(headers.get('retry-after'));
    expect(test.vendor.requests).toHaveLength(1);
  });

  it('always asks a lone account again after a passing fault', async () => {
    const lone = account(client.format, test.vendor.url, { id: 'lone', cooldown: { enabled: true } });
    await test.configure({ accounts: [lone] });
    test.vendor.next({ status: 500 });
    await refusalOf(client.ask(test.url));

    await expect(client.ask(test.url)).resolves.toContain('demo account');
  });
});

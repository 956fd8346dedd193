import type { Usage } from '@sluice/core';
import { sendRaw } from '@sluice/testing';
import { FORMAT_CLIENTS, type FormatClient } from './harness/format-client.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { accountsWithSpare } from './harness/test-configuration.js';
import { ownAnswers, replaying } from './harness/vendor-answers.js';

type Row = readonly [file: string, usage: Omit<Usage, 'source' | 'raw'>, finish: string | undefined];

/** What stands in the suite's own answers, in the words of the record: input includes what the cache read or wrote. */
const ROWS: Readonly<Record<FormatClient['format'], readonly Row[]>> = {
  'openai-chat': [
    ['text.stream.sse', { input: 11, output: 7 }, 'stop'],
    ['parallel-tool-calls.stream.sse', { input: 64, output: 31 }, 'tool-calls'],
    ['reasoning.stream.sse', { input: 15, output: 22, reasoning: 16 }, 'stop'],
    ['cache-usage.stream.sse', { input: 2048, output: 3, cacheRead: 1920 }, 'stop'],
    ['multibyte.stream.sse', { input: 9, output: 24 }, 'length'],
    ['late-usage.stream.sse', { input: 13, output: 2 }, 'stop'],
    ['usage-on-finish.stream.sse', { input: 12, output: 2 }, 'stop'],
    ['azure-empty-choices.stream.sse', { input: 21, output: 4 }, 'stop'],
    ['text.json', { input: 11, output: 9, cacheRead: 4 }, 'stop'],
    ['tool-calls.json', { input: 64, output: 31 }, 'tool-calls'],
  ],
  'anthropic-messages': [
    ['text.stream.sse', { input: 11, output: 9 }, 'stop'],
    ['parallel-tool-calls.stream.sse', { input: 11, output: 47 }, 'tool-calls'],
    [
      'cache-usage.stream.sse',
      { input: 2011, output: 4, cacheRead: 1700, cacheWrite5m: 200, cacheWrite1h: 100 },
      'stop',
    ],
    ['multibyte.stream.sse', { input: 11, output: 24 }, 'length'],
    ['late-usage.stream.sse', { input: 31, output: 5 }, 'stop'],
    ['refusal.stream.sse', { input: 11, output: 3 }, 'refusal'],
    ['text.json', { input: 51, output: 9, cacheRead: 40 }, 'stop'],
    ['tool-use.json', { input: 64, output: 31 }, 'tool-calls'],
  ],
};

describe.each(FORMAT_CLIENTS)('the usage that is recorded ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  it.each(ROWS[client.format])('of %s is the vendor’s', async (file, usage, finish) => {
    const answer = ownAnswers(client.format).find(({ id }) => id.endsWith(`/${file}`));
    if (answer === undefined) throw new Error(`there is no answer ${file}`);
    test.vendor.next(replaying(answer, [answer.body]));

    await sendRaw(test.url + client.path, {
      headers: client.headers,
      body: client.body(answer.mode === 'stream' ? { stream: true } : {}),
    });

    const record = await test.ledger.only();
    expect(record).toMatchObject({ ending: 'completed', usage: { ...usage, source: 'upstream' } });
    expect(record.finishReason?.unified).toBe(finish);
    expect(test.logged('exchange')).toMatchObject([{ inputTokens: usage.input, outputTokens: usage.output }]);
  });

  it.each([true, false])('counts the words of the mock (stream: %s)', async (stream) => {
    test.vendor.next({ text: 'one two three four' });

    await sendRaw(test.url + client.path, {
      headers: client.headers,
      body: client.body({ stream, messages: [{ role: 'user', content: 'five words in this prompt' }] }),
    });

    expect((await test.ledger.only()).usage).toMatchObject({ input: 5, output: 4, source: 'upstream' });
  });

  it('is of the call that was answered, not of those before it', async () => {
    await test.configure({ accounts: accountsWithSpare(test.vendor.url, test.spare.url) });
    const start = ownAnswers(client.format).find(({ id }) => id.endsWith('/text.stream.sse'));
    test.vendor.next({ replay: { chunks: [(start?.body ?? Buffer.alloc(0)).subarray(0, 200)] } });
    test.spare.next({ text: 'one two' });

    await client.stream(test.url, { prompt: 'three words here' });

    expect(await test.ledger.only()).toMatchObject({ attempts: 2, usage: { input: 3, output: 2 } });
    await test.configure();
  });

  it('says who asked for what, and who served it', async () => {
    await test.configure({ accounts: accountsWithSpare(test.vendor.url, test.spare.url) });
    test.vendor.when(() => true, { status: 429 });

    await client.ask(test.url);

    const isChat = client.format === 'openai-chat';
    expect(await test.ledger.only()).toMatchObject({
      principalId: 'key:app',
      clientFormat: client.format,
      requestedModel: client.model,
      upstreamModel: client.model,
      provider: isChat ? 'openai-compatible' : 'anthropic',
      accountId: isChat ? 'chat-spare' : 'claude-spare',
      attempts: 2,
    });
    await test.configure();
  });

  it('is none where nobody was asked', async () => {
    await sendRaw(test.url + client.path, { headers: client.headers, body: '{}' });

    expect(await test.ledger.only()).toMatchObject({ usage: undefined, attempts: 0, accountId: undefined });
  });

  it('is what the vendor had said when the client left, and an estimate of the rest', async () => {
    const abort = new AbortController();
    test.vendor.next({ text: 'one two three', hangAfterChunks: 2 });

    await client.stream(test.url, { prompt: 'two words', signal: abort.signal, onText: () => abort.abort() });

    const record = await test.ledger.only();
    expect(record.ending).toBe('client-closed');
    // OpenAI tells its usage at the end only; Anthropic begins with the input
    expect(record.usage).toMatchObject(
      client.format === 'openai-chat' ? { source: 'estimated' } : { input: 2, source: 'mixed' },
    );
  });
});

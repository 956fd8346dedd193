import { Agent } from 'node:http';
import {
  BYTE_CUTS,
  byteCuts,
  loadRecordings,
  missingRecordingsNotice,
  sendRaw,
  SSE_REWIRINGS,
  type ByteCut,
  type RawReply,
  type SseRewiring,
} from '@sluice/testing';
import { FORMAT_CLIENTS, type FormatClient } from './harness/format-client.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { ownAnswers, replaying, type VendorAnswer } from './harness/vendor-answers.js';

/** A stream in more pieces is left out: it shows nothing new and costs a second. */
const MAX_PIECES = 1_000;
/** What goes through every spelling one byte at a time: a usage event, and characters of several bytes. */
const ONE_BY_ONE = /\/(?:cache-usage|multibyte)\.stream\.sse$/;
const LOOP_TIMEOUT_MS = 30_000;

/** After each blank line, whichever line ends the stream uses. */
const AFTER_EVENT = /(?<=\r\n\r\n|\n\n|\r\r)/;

const notice = missingRecordingsNotice();
if (notice !== undefined) process.stderr.write(`${notice}\n`);

const answersOf = ({ format }: FormatClient): readonly VendorAnswer[] => [
  ...ownAnswers(format),
  ...loadRecordings(format),
];

/** The stream as a client gets it that did not ask for usage: without the event that has nothing else. */
function withoutUsageEvent(sse: Buffer): string {
  const events = sse.toString('latin1').split(AFTER_EVENT);
  const end = events.findIndex((event) => /^data: ?\[DONE\]/m.test(event));
  return events.filter((event, index) => (end >= 0 && index > end) || !isUsageAlone(event)).join('');
}

function isUsageAlone(event: string): boolean {
  const data = /^(?:\u00ef\u00bb\u00bf)?data: ?(\{.*\})\s*$/m.exec(event)?.[1];
  if (data === undefined) return false;
  const { choices, usage } = JSON.parse(data) as { choices?: readonly unknown[]; usage?: unknown };
  return (choices ?? []).length === 0 && typeof usage === 'object' && usage !== null;
}

describe.each(FORMAT_CLIENTS)('an answer that passes through ($format)', (client) => {
  const agent = new Agent({ keepAlive: true });
  const streams = answersOf(client).filter(({ mode }) => mode === 'stream');
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(async () => {
    agent.destroy();
    await test.stop();
  });

  const pass = (answer: VendorAnswer, chunks: readonly Buffer[], members = {}): Promise<RawReply> => {
    test.vendor.next(replaying(answer, chunks));
    const body = client.body(answer.mode === 'stream' ? { stream: true, ...members } : members);
    return sendRaw(test.url + client.path, { agent, headers: client.headers, body });
  };
  const bytesOf = ({ pieces }: RawReply): string => Buffer.concat(pieces).toString('latin1');
  const asking = client.format === 'openai-chat' ? { stream_options: { include_usage: true } } : {};

  async function expectEveryByte(stream: VendorAnswer, rewire: SseRewiring, cut: ByteCut): Promise<void> {
    const sent = rewire(stream.body);
    const pieces = cut(sent);
    if (pieces.length > MAX_PIECES && !ONE_BY_ONE.test(stream.id)) return;
    const reply = await pass(stream, pieces, asking);
    expect({ id: stream.id, bytes: bytesOf(reply) }).toEqual({ id: stream.id, bytes: sent.toString('latin1') });
  }

  it.each(BYTE_CUTS)(
    'keeps every byte of a stream, cut %s',
    async (_, cut) => {
      for (const stream of streams) await expectEveryByte(stream, (sse) => sse, cut);
    },
    LOOP_TIMEOUT_MS,
  );

  it.each(SSE_REWIRINGS)(
    'keeps every byte of a stream, spelled %s',
    async (_, rewire) => {
      for (const stream of streams) await expectEveryByte(stream, rewire, byteCuts.atEvery(1_021));
      for (const stream of streams.filter(({ id }) => ONE_BY_ONE.test(id))) {
        await expectEveryByte(stream, rewire, byteCuts.oneByte);
      }
    },
    LOOP_TIMEOUT_MS,
  );

  it('has streams to pass', () => {
    expect(streams.length).toBeGreaterThanOrEqual(12);
  });

  it.each(answersOf(client).filter(({ mode }) => mode === 'json'))('keeps every byte of $id', async (answer) => {
    const reply = await pass(answer, byteCuts.random(1)(answer.body));

    expect(reply.status).toBe(200);
    expect(bytesOf(reply)).toBe(answer.body.toString('latin1'));
    expect(reply.headers['content-length']).toBe(String(answer.body.length));
  });

  it.each(answersOf(client).filter(({ mode }) => mode === 'error'))('keeps the words of $id', async (answer) => {
    const reply = await pass(answer, [answer.body]);

    expect(reply.status).toBe(answer.status);
    expect(JSON.parse(reply.text)).toEqual(JSON.parse(answer.body.toString()));
  });

  it('keeps the vendor’s headers that may travel', async () => {
    const [stream] = streams;
    if (stream === undefined) throw new Error('there is no stream');
    test.vendor.next({
      ...replaying(stream, [stream.body]),
      headers: {
        'x-ratelimit-remaining-tokens': '149984',
        'x-request-id': 'req_of_the_vendor',
        'set-cookie': 'session=1',
        server: 'vendor',
        'x-sluice-model': 'forged',
      },
    });

    const { headers } = await sendRaw(test.url + client.path, {
      headers: client.headers,
      body: client.body({ stream: true }),
    });

    expect(headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
      'x-ratelimit-remaining-tokens': '149984',
      'x-upstream-request-id': 'req_of_the_vendor',
      'x-sluice-model': client.model,
    });
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['server']).toBeUndefined();
    expect(headers['x-request-id']).not.toBe('req_of_the_vendor');
  });

  it('is written as it comes: nothing waits for the end of a stream', async () => {
    const seen: string[] = [];
    test.vendor.next({ text: 'one two three', hangAfterChunks: 2 });
    const abort = new AbortController();

    const reply = await sendRaw(test.url + client.path, {
      headers: client.headers,
      body: client.body({ stream: true }),
      signal: abort.signal,
      onPiece: (piece) => {
        seen.push(piece.toString());
        if (seen.join('').includes(' two')) abort.abort();
      },
    });

    expect(reply.ending).toBe('aborted');
    expect(seen.join('')).not.toContain('three');
  });
});

describe('an OpenAI stream for a client that did not ask for usage', () => {
  const [client] = FORMAT_CLIENTS.filter(({ format }) => format === 'openai-chat') as [FormatClient];
  const streams = answersOf(client).filter(({ mode }) => mode === 'stream');
  const agent = new Agent({ keepAlive: true });
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(async () => {
    agent.destroy();
    await test.stop();
  });

  async function expectAllButUsage(
    stream: VendorAnswer,
    rewire: SseRewiring,
    cut: ByteCut,
    members = {},
  ): Promise<void> {
    const sent = rewire(stream.body);
    test.vendor.next(replaying(stream, cut(sent)));
    const body = client.body({ stream: true, ...members });
    const reply = await sendRaw(test.url + client.path, { agent, headers: client.headers, body });
    const bytes = Buffer.concat(reply.pieces).toString('latin1');
    expect({ id: stream.id, bytes }).toEqual({ id: stream.id, bytes: withoutUsageEvent(sent) });
  }

  it.each([{}, { stream_options: { include_usage: false } }, { stream_options: null }])(
    'lacks the usage event and nothing else (%j)',
    async (members) => {
      for (const stream of streams) await expectAllButUsage(stream, (sse) => sse, byteCuts.atEvery(509), members);
    },
    LOOP_TIMEOUT_MS,
  );

  it.each(SSE_REWIRINGS)(
    'lacks it however the stream is spelled and cut (%s)',
    async (_, rewire) => {
      for (const stream of streams) await expectAllButUsage(stream, rewire, byteCuts.whole);
      for (const stream of streams.filter(({ id }) => ONE_BY_ONE.test(id))) {
        await expectAllButUsage(stream, rewire, byteCuts.oneByte);
      }
    },
    LOOP_TIMEOUT_MS,
  );

  it('is known to have had one', () => {
    const shortened = streams.filter(({ body }) => withoutUsageEvent(body).length < body.length);

    expect(shortened.length).toBeGreaterThanOrEqual(8);
  });
});

import { sendRaw } from '@sluice/testing';
import type { MockBehaviour } from '@sluice/mock-upstream';
import { assertClean } from './harness/after-test-checks.js';
import { FORMAT_CLIENTS, type FormatClient } from './harness/format-client.js';
import { refusalOf, type SeenError } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { singleAccounts, VENDOR_KEY } from './harness/test-configuration.js';

const IDLE_MS = 50;

const TRUNCATED = /^The (?:vendor's answer|answer of 127\.0\.0\.1:\d+) stopped before its end/;

interface Row {
  readonly fault: string;
  readonly behaviour: MockBehaviour;
  readonly status: number;
  readonly code: string | null;
  readonly message: RegExp;
}

/** Faults that strike when nothing has reached the client: the status says what happened. */
const BEFORE_CONTENT: Readonly<Record<FormatClient['format'], readonly Row[]>> = {
  'openai-chat': [
    {
      fault: 'an error inside the 200',
      behaviour: { errorInStream: 'before' },
      status: 500,
      code: null,
      message: /^The server had an error while processing the request\.$/,
    },
    {
      fault: '“overloaded” inside the 200',
      behaviour: { errorInStream: 'before', code: 'server_is_overloaded' },
      status: 503,
      code: 'server_is_overloaded',
      message: /./,
    },
  ],
  'anthropic-messages': [
    {
      fault: '“overloaded” inside the 200',
      behaviour: { errorInStream: 'before' },
      status: 529,
      code: null,
      message: /^Overloaded$/,
    },
  ],
};

const BEFORE_CONTENT_IN_BOTH: readonly Row[] = [
  { fault: 'a reset', behaviour: { resetAfterChunks: 0 }, status: 502, code: 'upstream_truncated', message: TRUNCATED },
  {
    fault: 'an end without anything',
    behaviour: { replay: { chunks: [] } },
    status: 502,
    code: 'upstream_truncated',
    message: TRUNCATED,
  },
  {
    fault: 'an event that is no JSON',
    behaviour: { replay: { chunks: [Buffer.from('data: {"id":\n\n')] } },
    status: 502,
    code: 'upstream_invalid_response',
    message: /not a JSON object/,
  },
  {
    fault: 'a body that is no event stream',
    behaviour: { replay: { chunks: [Buffer.from('<html>oh</html>')] } },
    status: 502,
    code: 'upstream_truncated',
    message: TRUNCATED,
  },
];

describe.each(FORMAT_CLIENTS)('a stream that breaks before its content ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  it.each([...BEFORE_CONTENT[client.format], ...BEFORE_CONTENT_IN_BOTH])(
    'by $fault is no stream at all',
    async ({ behaviour, status, code, message }) => {
      test.vendor.next(behaviour);

      const { error } = await refusalOf(client.stream(test.url));

      expect(error).toMatchObject({ status, code });
      expect(error.message).toMatch(message);
      expect(await test.ledger.only()).toMatchObject({ ending: 'failed', status, attempts: 1 });
    },
  );
});

type StreamRow = readonly [fault: string, behaviour: MockBehaviour, error: Partial<SeenError> & { message: unknown }];

const truncated = { code: 'upstream_truncated', message: expect.stringMatching(TRUNCATED) as string };

/** Faults that strike when the client has read a part: only an event inside the stream can say it. */
const AFTER_CONTENT: Readonly<Record<FormatClient['format'], readonly StreamRow[]>> = {
  'openai-chat': [
    ['a reset', { resetAfterChunks: 3 }, { ...truncated, type: 'server_error' }],
    ['an end without a finish', { truncate: true }, { ...truncated, type: 'server_error' }],
    [
      'silence',
      { hangAfterChunks: 3 },
      {
        type: 'server_error',
        code: 'upstream_silent',
        message: expect.stringContaining('sent nothing for 50 ms in the middle of its answer') as string,
      },
    ],
    [
      'the vendor’s error event',
      { errorInStream: 'after', message: 'We are overloaded.', code: 'server_is_overloaded' },
      { type: 'server_error', code: 'server_is_overloaded', message: 'We are overloaded.' },
    ],
    [
      'an event that is no JSON',
      {
        replay: {
          chunks: [
            'data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"A"}}]}\n\n',
            'data: Internal Server Error\n\n',
            'data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"B"}}]}\n\n',
          ].map((event) => Buffer.from(event)),
        },
      },
      {
        type: 'server_error',
        code: 'upstream_invalid_response',
        message: expect.stringContaining('not a JSON object') as string,
      },
    ],
  ],
  'anthropic-messages': [
    ['a reset', { resetAfterChunks: 3 }, { ...truncated, type: 'api_error' }],
    ['an end without a finish', { truncate: true }, { ...truncated, type: 'api_error' }],
    [
      'silence',
      { hangAfterChunks: 3 },
      {
        type: 'timeout_error',
        code: 'upstream_silent',
        message: expect.stringContaining('sent nothing for 50 ms in the middle of its answer') as string,
      },
    ],
    [
      'the vendor’s error event',
      { errorInStream: 'after', message: 'We are overloaded.' },
      { type: 'overloaded_error', message: 'We are overloaded.' },
    ],
    [
      'an event that is no JSON',
      { invalidSse: true },
      {
        type: 'api_error',
        code: 'upstream_invalid_response',
        message: expect.stringContaining('not a JSON object') as string,
      },
    ],
  ],
};

describe.each(FORMAT_CLIENTS)('a stream that breaks after its content ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({ accounts: singleAccounts(test.vendor.url, { timeouts: { idleMs: IDLE_MS } }) });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  it.each(AFTER_CONTENT[client.format])('by %s raises the SDK’s error', async (_, behaviour, expected) => {
    test.vendor.next({ text: 'one two three four five six', ...behaviour });

    const { text, error } = await client.stream(test.url);

    expect(text).not.toBe('');
    expect('one two three four five six AB').toContain(text);
    expect(error).toMatchObject({ name: 'APIError', status: undefined, ...expected });
    expect(test.vendor.requests).toHaveLength(1);
    expect(await test.ledger.only()).toMatchObject({ ending: 'broken', status: 200, attempts: 1 });
  });

  // silence is left out here: it takes a second to be noticed
  it.each(AFTER_CONTENT[client.format].filter(([fault]) => fault !== 'silence'))(
    'by %s says it once, and ends well',
    async (_, behaviour) => {
      test.vendor.next({ text: 'one two three four five six', ...behaviour });

      const reply = await sendRaw(test.url + client.path, {
        headers: client.headers,
        body: client.body({ stream: true }),
      });

      expect(reply.status).toBe(200);
      expect(reply.ending).toBe('complete');
      expect(reply.text.match(/"error"\s*:/g)).toHaveLength(1);
      expect(reply.text.endsWith('\n\n')).toBe(true);
      assertClean(reply.text);
    },
  );

  it.each(['before', 'after'] as const)(
    'by an error %s content that repeats our credential is told without it',
    async (moment) => {
      test.vendor.next({ errorInStream: moment, text: 'one two three', message: `Bad key ${VENDOR_KEY}.` });

      const reply = await sendRaw(test.url + client.path, {
        headers: client.headers,
        body: client.body({ stream: true }),
      });

      expect(reply.ending).toBe('complete');
      expect(reply.text).toContain('Bad key [redacted].');
      assertClean(reply.text);
    },
  );

  it('falls silent after its error event: nothing is said twice', async () => {
    const errorEvent = client.format === 'openai-chat' ? '' : 'event: error\n';
    const head = client.format === 'openai-chat' ? '' : 'event: content_block_delta\n';
    test.vendor.next({
      hangAfterChunks: 2,
      replay: {
        chunks: [
          `${head}data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"A"},"choices":[{"index":0,"delta":{"content":"A"}}]}\n\n`,
          `${errorEvent}data: {"type":"error","error":{"type":"server_error","message":"No."}}\n\n`,
          'data: never\n\n',
        ].map((event) => Buffer.from(event)),
      },
    });

    const reply = await sendRaw(test.url + client.path, {
      headers: client.headers,
      body: client.body({ stream: true }),
    });

    expect(reply.ending).toBe('complete');
    expect(reply.text.match(/"error"\s*:/g)).toHaveLength(1);
  });

  it('is told inside an event of its own when the vendor breaks off inside one', async () => {
    const [first = '', second = ''] =
      client.format === 'openai-chat'
        ? [
            'data: {"id":"c","choices":[{"index":0,"delta":{"content":"A"}}]}\n\n',
            'data: {"id":"c","choices":[{"index":0,"delta":{"con',
          ]
        : [
            'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"A"}}\n\n',
            'event: content_block_delta\ndata: {"type":"content_block_del',
          ];
    test.vendor.next({ replay: { chunks: [Buffer.from(first), Buffer.from(second)] } });

    const { text, error } = await client.stream(test.url);

    expect(text).toBe('A');
    expect(error).toMatchObject({ name: 'APIError', ...truncated });
  });
});

import { loadRecordings } from '@sluice/testing';
import { FORMAT_CLIENTS, anthropicClient, openAiClient, type FormatClient } from './harness/format-client.js';
import { seenError, type SeenError } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { ownAnswers, replaying, type VendorAnswer } from './harness/vendor-answers.js';

/** All that the user of an SDK gets to see of an answer. */
interface Reading {
  readonly seen: readonly unknown[];
  readonly error: SeenError | undefined;
}

const MESSAGES = [{ role: 'user' as const, content: 'Say it.' }];
const CLAUDE = { model: 'claude-test', max_tokens: 64, messages: MESSAGES };

/** Lets the format's SDK read an answer at an address, as whole or as a stream. */
const READERS: Readonly<Record<FormatClient['format'], (url: string, mode: VendorAnswer['mode']) => Promise<Reading>>> =
  {
    'openai-chat': (url, mode) => {
      const { completions } = openAiClient(url).chat;
      const call = { model: 'gpt-test', messages: MESSAGES };
      return mode === 'stream'
        ? readEvents(completions.create({ ...call, stream: true, stream_options: { include_usage: true } }))
        : readWhole(completions.create(call));
    },
    'anthropic-messages': (url, mode) => {
      const { messages } = anthropicClient(url);
      return mode === 'stream'
        ? readEvents(messages.create({ ...CLAUDE, stream: true }))
        : readWhole(messages.create(CLAUDE));
    },
  };

async function readWhole(call: Promise<unknown>): Promise<Reading> {
  try {
    return { seen: [await call], error: undefined };
  } catch (thrown) {
    return { seen: [], error: seenError(thrown) };
  }
}

async function readEvents(call: Promise<AsyncIterable<unknown>>): Promise<Reading> {
  const seen: unknown[] = [];
  try {
    for await (const event of await call) seen.push(event);
    return { seen, error: undefined };
  } catch (thrown) {
    return { seen, error: seenError(thrown) };
  }
}

describe.each(FORMAT_CLIENTS)('the official SDK ($format)', ({ format }) => {
  const answers = [...ownAnswers(format), ...loadRecordings(format)];
  const read = READERS[format];
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  it.each(answers)('reads $id through the gateway as it reads it at the vendor', async (answer) => {
    test.vendor.script([replaying(answer, [answer.body]), replaying(answer, [answer.body])]);

    const direct = await read(test.vendor.url, answer.mode);
    const through = await read(test.url, answer.mode);

    expect(through).toEqual(direct);
    expect(direct.seen.length > 0 || direct.error !== undefined).toBe(true);
  });
});

describe('the helpers of the official SDKs', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const answerNamed = (format: FormatClient['format'], name: string): VendorAnswer => {
    const answer = ownAnswers(format).find(({ id }) => id === `${format}/${name}.stream.sse`);
    if (answer === undefined) throw new Error(`there is no answer ${name}`);
    return answer;
  };

  it('assemble parallel calls of OpenAI', async () => {
    const answer = answerNamed('openai-chat', 'parallel-tool-calls');
    test.vendor.next(replaying(answer, [answer.body]));

    const stream = openAiClient(test.url).chat.completions.stream({ model: 'gpt-test', messages: MESSAGES });

    const [choice] = (await stream.finalChatCompletion()).choices;
    expect(choice?.finish_reason).toBe('tool_calls');
    expect(choice?.message.tool_calls).toMatchObject([
      { id: 'call_a', function: { name: 'get_tide', arguments: '{"port":"Brest"}' } },
      { id: 'call_b', function: { name: 'get_tide', arguments: '{"port":"Dover"}' } },
    ]);
  });

  it('assemble signed reasoning of Anthropic', async () => {
    const answer = answerNamed('anthropic-messages', 'reasoning-signed');
    test.vendor.next(replaying(answer, [answer.body]));

    const message = await anthropicClient(test.url).messages.stream(CLAUDE).finalMessage();

    expect(message.content).toMatchObject([
      { type: 'thinking', thinking: 'Two tides a day.', signature: 'c2lnbmF0dXJlLW9mLXRoZS10ZXN0Cg==' },
      { type: 'text', text: 'At noon.' },
    ]);
    expect(message).toMatchObject({ stop_reason: 'end_turn', usage: { input_tokens: 11, output_tokens: 25 } });
  });
});

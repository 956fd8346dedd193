import type Anthropic from '@anthropic-ai/sdk';
import { sendRaw } from '@sluice/testing';
import { eventFrames } from '../harness/event-frames.js';
import { anthropicClient, openAiClient } from '../harness/format-client.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { CLIENT_KEY } from '../harness/test-configuration.js';
import { kiroAccount, KIRO_MODEL } from './kiro-account.js';

const PROMPT = 'call:write {"path":"a.txt"}';
const SCHEMA = { type: 'object' as const, properties: { path: { type: 'string' } }, required: ['path'] };
const QUESTION = {
  model: KIRO_MODEL,
  max_tokens: 64,
  messages: [{ role: 'user' as const, content: PROMPT }],
  tools: [{ name: 'write', description: 'Writes a file.', input_schema: SCHEMA }] satisfies Anthropic.Tool[],
};
const CALL = { type: 'tool_use', name: 'write', input: { path: 'a.txt' } };
const CUT = { type: 'text', text: expect.stringContaining('cut off a call of the tool "write"') as string };
const NOTE = /the call of the tool \\"write\\" was too long/;

describe('a call that Kiro cuts off', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  beforeEach(() => test.configure({ accounts: [kiroAccount(test.vendor.url)] }));
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const bodies = (): readonly string[] => test.vendor.requests.map(({ body }) => body.toString());

  describe('for a client that waits for the whole answer', () => {
    it('is asked for again, and the client sees a call that can be made', async () => {
      test.vendor.next({ truncate: true });

      const { data, response } = await anthropicClient(test.url).messages.create(QUESTION).withResponse();

      expect(data.content).toMatchObject([CALL]);
      expect(data.stop_reason).toBe('tool_use');
      expect(response.headers.get('x-sluice-attempts')).toBe('2');
      expect(bodies().map((body) => NOTE.test(body))).toEqual([false, true]);
    });

    it('costs what both answers cost, and is told in the log and the metrics', async () => {
      const alone = await anthropicClient(test.url).messages.create(QUESTION);
      const [first] = test.ledger.settled;
      test.ledger.forget();
      test.vendor.next({ truncate: true });

      const answer = await openAiClient(test.url).chat.completions.create({
        model: KIRO_MODEL,
        messages: QUESTION.messages,
        tools: [{ type: 'function', function: { name: 'write', parameters: SCHEMA } }],
      });

      expect(alone.stop_reason).toBe('tool_use');
      expect(answer.choices[0]?.message.tool_calls).toHaveLength(1);
      const record = await test.ledger.only();
      expect(record).toMatchObject({ attempts: 2, flaw: { flaw: 'cut-call', outcome: 'repaired' } });
      expect(record.usage?.input).toBeGreaterThan(first?.usage?.input ?? Infinity);
      expect(test.logged('the vendor was asked again')).toMatchObject([{ flaw: 'cut-call', outcome: 'repaired' }]);
      expect(test.logged('exchange').at(-1)).toMatchObject({ flaw: 'cut-call', flawOutcome: 'repaired' });
      const metrics = await sendRaw(`${test.url}/metrics`, { method: 'GET' });
      expect(metrics.text).toMatch(
        /sluice_flawed_answers_total\{provider="kiro",flaw="cut-call",outcome="repaired"\} \d/,
      );
    });

    it.each([
      ['is cut off again', { truncate: true }, 'repeated'],
      ['fails', { status: 500 }, 'refused'],
    ])('is told in words where the second answer %s', async (_what, second, outcome) => {
      test.vendor.script([{ truncate: true }, second]);

      const answer = await anthropicClient(test.url).messages.create(QUESTION);

      expect(answer.content).toMatchObject([CUT]);
      expect(answer.stop_reason).toBe('max_tokens');
      expect(await test.ledger.only()).toMatchObject({ ending: 'completed', attempts: 2, flaw: { outcome } });
    });

    it('is told in words where the account does not want a second call', async () => {
      await test.configure({ accounts: [kiroAccount(test.vendor.url, { truncationRetry: false })] });
      test.vendor.next({ truncate: true });

      const answer = await anthropicClient(test.url).messages.create(QUESTION);

      expect(answer.content).toMatchObject([CUT]);
      expect(await test.ledger.only()).toMatchObject({ attempts: 1, flaw: { outcome: 'told' } });
    });
  });

  it('is asked for again where a stream is sent in one piece', async () => {
    test.vendor.next({ truncate: true });

    const reply = await sendRaw(`${test.url}/cc/v1/messages`, {
      headers: { 'content-type': 'application/json', 'x-api-key': CLIENT_KEY },
      body: { ...QUESTION, stream: true },
    });

    expect(reply.text).toContain('"name":"write"');
    expect(reply.text).not.toContain('cut off');
    expect(await test.ledger.only()).toMatchObject({ attempts: 2, flaw: { outcome: 'repaired' } });
  });

  describe('for a client that streams', () => {
    const streamed = () => anthropicClient(test.url).messages.stream(QUESTION).finalMessage();
    /** An answer with words before the call that is cut. */
    const TEXT_FIRST = [
      '{"assistantResponseEvent":{"content":"I write it."}}',
      '{"toolUseEvent":{"name":"write","toolUseId":"tooluse_1","input":"{\\"path\\":\\"a"}}',
    ].join('\n');
    const replay = () => ({
      replay: {
        headers: { 'content-type': 'application/vnd.amazon.eventstream' },
        chunks: [eventFrames(TEXT_FIRST)],
      },
    });

    it('is asked for again where the client has nothing yet', async () => {
      test.vendor.next({ truncate: true });

      const answer = await streamed();

      expect(answer.content).toMatchObject([CALL]);
      expect(answer.stop_reason).toBe('tool_use');
      expect(await test.ledger.only()).toMatchObject({ attempts: 2, flaw: { flaw: 'cut-call', outcome: 'repaired' } });
      expect(bodies().map((body) => NOTE.test(body))).toEqual([false, true]);
    });

    it.each([
      ['is cut off again', { truncate: true }, 'repeated'],
      ['fails', { status: 500 }, 'refused'],
    ])('is told in words where the second answer %s', async (_what, second, outcome) => {
      test.vendor.script([{ truncate: true }, second]);

      const answer = await streamed();

      expect(answer.content).toMatchObject([CUT]);
      expect(answer.stop_reason).toBe('max_tokens');
      expect(await test.ledger.only()).toMatchObject({ ending: 'completed', attempts: 2, flaw: { outcome } });
    });

    it('is told in words behind what the client has read, and to the model in its next turn', async () => {
      test.vendor.next(replay());

      const cut = await streamed();
      const messages = [...QUESTION.messages, { role: 'assistant' as const, content: cut.content }];
      await anthropicClient(test.url).messages.create({
        ...QUESTION,
        messages: [...messages, { role: 'user' as const, content: 'Go on.' }],
      });

      expect(cut.content).toMatchObject([CUT]);
      expect(cut.stop_reason).toBe('max_tokens');
      expect(test.ledger.settled).toMatchObject([
        { attempts: 1, flaw: { flaw: 'cut-call', outcome: 'told' } },
        { attempts: 1, flaw: undefined },
      ]);
      expect(bodies().map((body) => NOTE.test(body))).toEqual([false, true]);
      expect(JSON.stringify(test.logged('the request could not be said in full').at(-1))).toContain(
        'A note tells the model that its answer or a tool call was cut off.',
      );
    });
  });
});

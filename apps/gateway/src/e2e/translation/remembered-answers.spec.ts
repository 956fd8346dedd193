import type { JsonObject } from '@sluice/core';
import { sendRaw } from '@sluice/testing';
import { openAiClient } from '../harness/format-client.js';
import { refusalOf } from '../harness/seen-error.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { CLIENT_KEY, OPERATOR_KEY } from '../harness/test-configuration.js';
import { ownAnswers } from '../harness/vendor-answers.js';
import { askedTurns } from './conversations/asked-turns.js';
import { PROOFS, wrongWithTurns } from './conversations/what-is-wrong.js';
import { replayOf } from './directions.js';
import { accountsOfAll, VENDOR_MODELS, type VendorFormat } from './vendors.js';

const TOOLS = ['get_tide', 'list_ports'].map((name) => ({
  type: 'function' as const,
  name,
  parameters: { type: 'object', properties: { port: { type: 'string' } } },
  strict: false,
}));
const CALLS = ['get_tide', 'list_ports'];

const UNKNOWN = {
  status: 400,
  code: 'previous_response_not_found',
  type: 'invalid_request_error',
};

describe('answers that are remembered for clients of openai-responses', () => {
  let test: TestGateway;
  beforeEach(async () => {
    test = await startTestGateway();
    await configure();
  });
  const configure = (store: JsonObject = { enabled: true }) =>
    test.configure({ accounts: accountsOfAll(test.vendor.url), responses: { store } });
  afterEach(async () => {
    await test.checkAfterTest();
    await test.stop();
  });

  const script = (format: VendorFormat, name: RegExp): void => {
    const answer = ownAnswers(format).find(({ id }) => name.test(id));
    if (answer === undefined) throw new Error(`${format} has no answer ${name}`);
    test.vendor.next(replayOf(format, answer, [answer.body]));
  };
  const lastBody = (): Buffer => test.vendor.requests.at(-1)?.body ?? Buffer.alloc(0);
  const responses = (key?: string) => openAiClient(test.url, key).responses;

  async function ask(isStream: boolean, members: JsonObject & { readonly model: string }, key?: string) {
    const request = { tools: TOOLS, ...members } as never; // members of the SDK's own types, which JSON does not tell
    if (!isStream) return responses(key).create(request);
    const stream = responses(key).stream(request);
    return stream.finalResponse();
  }

  const first = async (model: string, members: JsonObject = {}, key?: string) => {
    test.vendor.next({ text: 'Noon.' });
    return ask(false, { model, input: 'When is high water?', ...members }, key);
  };
  const idOf = ({ id }: { readonly id: string }): string => id;
  const calledBy = (answer: { readonly output: readonly { readonly type: string }[] }) =>
    // what the type says of such an item
    answer.output.filter(({ type }) => type === 'function_call') as unknown as readonly {
      call_id: string;
      name: string;
    }[];
  const resultsFor = (answer: Parameters<typeof calledBy>[0]) =>
    calledBy(answer).map(({ call_id }) => ({ type: 'function_call_output', call_id, output: 'noon' }));

  const vendors = ['anthropic-messages', 'kiro', 'openai-chat', 'gemini', 'bedrock-converse'] as const;
  const rows = vendors.flatMap((vendor) => [false, true].map((isStream) => ({ vendor, isStream })));

  it.each(rows)('continue three turns at $vendor (stream: $isStream)', async ({ vendor, isStream }) => {
    const model = VENDOR_MODELS[vendor];

    script(vendor, /\/reasoning-and-calls\./);
    const one = await ask(isStream, { model, input: 'When is high water?', instructions: 'Speak of the sea.' });
    expect(calledBy(one).map(({ name }) => name)).toEqual(CALLS);
    expect(one).toMatchObject({ store: true, previous_response_id: null });

    script(vendor, /\/reasoning-and-calls\./);
    const two = await ask(isStream, { model, input: resultsFor(one), previous_response_id: idOf(one) });
    expect(two).toMatchObject({ previous_response_id: idOf(one) });
    expect(askedTurns(vendor, lastBody()).map(({ calls }) => calls.length)).toEqual([0, 2, 0]);
    expect(lastBody().toString()).not.toContain('Speak of the sea.');
    expect(lastBody().toString()).toContain('When is high water?');

    script(vendor, /\/text\./);
    const three = await ask(isStream, { model, input: resultsFor(two), previous_response_id: idOf(two) });
    expect(three.output_text).toMatch(/\S/);
    expect(askedTurns(vendor, lastBody()).map(({ calls }) => calls.length)).toEqual([0, 2, 0, 2, 0]);
    expect(wrongWithTurns(askedTurns(vendor, lastBody()))).toEqual([]);
  });

  it('bring the reasoning with its proof back to its vendor', async () => {
    const model = VENDOR_MODELS['anthropic-messages'];
    script('anthropic-messages', /\/reasoning-and-calls\./);
    const one = await ask(false, { model, input: 'When is high water?', reasoning: { effort: 'high' } });

    script('anthropic-messages', /\/text\./);
    await ask(false, {
      model,
      input: resultsFor(one),
      previous_response_id: idOf(one),
      reasoning: { effort: 'high' },
    });

    expect(lastBody().includes(PROOFS['anthropic-messages'])).toBe(true);
  });

  it('are put in front also where the next vendor speaks the client’s format', async () => {
    const one = await first('claude-test');
    test.vendor.next({ text: 'Again.' });
    await ask(false, { model: VENDOR_MODELS['openai-responses'], input: 'And then?', previous_response_id: idOf(one) });

    expect(JSON.parse(lastBody().toString())).toMatchObject({
      previous_response_id: null,
      input: [
        { role: 'user', content: 'When is high water?' },
        { role: 'assistant', content: [{ type: 'output_text', text: 'Noon.' }] },
        { role: 'user', content: 'And then?' },
      ],
    });
  });

  it('are not looked for at a vendor that keeps its own', async () => {
    test.vendor.next({ text: 'Yes.' });
    await ask(false, { model: VENDOR_MODELS['openai-responses'], input: 'x', previous_response_id: 'resp_of_vendor' });

    expect(JSON.parse(lastBody().toString())).toMatchObject({ input: 'x', previous_response_id: 'resp_of_vendor' });
  });

  describe('an answer that cannot be continued', () => {
    const refused = async (id: string, key?: string) =>
      (await refusalOf(ask(false, { model: 'claude-test', input: 'And then?', previous_response_id: id }, key))).error;

    it('is one of another client', async () => {
      const one = await first('claude-test', {}, OPERATOR_KEY);

      expect(await refused(idOf(one), CLIENT_KEY)).toMatchObject(UNKNOWN);
    });

    it('is one that was not to be stored', async () => {
      const one = await first('claude-test', { store: false });

      expect(one).toMatchObject({ store: false });
      expect(await refused(idOf(one))).toMatchObject(UNKNOWN);
    });

    it('is one that had to make room', async () => {
      await configure({ enabled: true, maxEntries: 1 });
      const one = await first('claude-test');
      await first('claude-test', { input: 'Something else.' });

      expect(await refused(idOf(one))).toMatchObject(UNKNOWN);
    });

    it('is any where nothing is remembered', async () => {
      const one = await first('claude-test');
      await configure({ enabled: false });

      expect(await refused(idOf(one))).toMatchObject(UNKNOWN);
      await configure();
      expect(await refused(idOf(one))).toMatchObject(UNKNOWN);
    });

    it('is one whose stream broke off', async () => {
      test.vendor.next({ chunks: 4, resetAfterChunks: 2 });
      let id = '';
      const reading = async (): Promise<void> => {
        for await (const event of await responses().create({ model: 'claude-test', input: 'x', stream: true })) {
          if (event.type === 'response.created') id = event.response.id;
        }
      };
      await expect(reading()).rejects.toThrow();

      expect(id).not.toBe('');
      expect(await refused(id)).toMatchObject(UNKNOWN);
    });
  });

  describe('/v1/responses/{id}', () => {
    const at = (id: string, method: string, key = CLIENT_KEY) =>
      sendRaw(`${test.url}/v1/responses/${id}`, { method, headers: { authorization: `Bearer ${key}` } });

    it('gives the answer as it was', async () => {
      const one = await first('claude-test');

      expect(await responses().retrieve(idOf(one))).toMatchObject({
        id: idOf(one),
        output: one.output,
        usage: one.usage,
      });
    });

    it('forgets it', async () => {
      const one = await first('claude-test');

      const reply = await at(idOf(one), 'DELETE');
      expect(JSON.parse(reply.text)).toEqual({ id: idOf(one), object: 'response', deleted: true });
      await test.configure({ accounts: [], responses: { store: { enabled: true } } });
      expect((await at(idOf(one), 'GET')).status).toBe(404);
    });

    it('says nothing to another client', async () => {
      const one = await first('claude-test');
      await test.configure({ accounts: [], responses: { store: { enabled: true } } });

      expect((await at(idOf(one), 'GET', OPERATOR_KEY)).status).toBe(404);
      expect((await at(idOf(one), 'GET')).status).toBe(200);
    });
  });
});

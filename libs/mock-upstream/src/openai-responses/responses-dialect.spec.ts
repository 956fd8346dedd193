import { sendRaw } from '@sluice/testing';
import OpenAI from 'openai';
import type { MockUpstream } from '../mock-upstream.js';
import { startMockUpstream } from '../start-mock-upstream.js';

const ASK = { model: 'demo', instructions: 'Be brief.', input: 'Hello wörld' } as const;

const WEATHER_TOOL = {
  type: 'function',
  name: 'get_weather',
  parameters: { type: 'object' },
  strict: false,
} as const;

const PROMPT = 'call:get_weather {"city":"Tromsø 🌨"} and call:get_weather and call:unknown';

describe('the mock as OpenAI’s Responses, read by the official SDK', () => {
  let mock: MockUpstream;
  let client: OpenAI;

  beforeAll(async () => {
    mock = await startMockUpstream();
    client = new OpenAI({ baseURL: `${mock.url}/v1`, apiKey: 'sk-mock', maxRetries: 0 });
  });

  beforeEach(() => mock.reset());

  afterAll(() => mock.stop());

  describe('a whole answer', () => {
    it('says what it is and repeats the last user text', async () => {
      const response = await client.responses.create(ASK);

      expect(response.output_text).toMatch(/^This is Sluice's demo account: no model is asked.*Hello wörld$/);
      expect(response).toMatchObject({
        object: 'response',
        model: 'demo',
        status: 'completed',
        error: null,
        output: [{ type: 'message', role: 'assistant', status: 'completed' }],
        usage: { input_tokens: 4, output_tokens: 19, total_tokens: 23, input_tokens_details: { cached_tokens: 0 } },
      });
    });

    it('is the same for the same request and another for another', async () => {
      const ask = (input: string) => client.responses.create({ model: 'demo', input });

      const [first, second, third] = await Promise.all([ask('one'), ask('one'), ask('two')]);

      expect(second).toEqual(first);
      expect(third.id).not.toBe(first.id);
      expect(first.id).toMatch(/^resp_[0-9a-f]{24}$/);
    });

    it('stops at the limit', async () => {
      const response = await client.responses.create({ ...ASK, max_output_tokens: 3 });

      expect(response).toMatchObject({
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        output: [{ status: 'incomplete' }],
      });
      expect(response.output_text).toBe("This is Sluice's");
    });

    it('reads items and their parts', async () => {
      const response = await client.responses.create({
        model: 'demo',
        input: [{ role: 'user', content: [{ type: 'input_text', text: 'in parts' }] }],
      });

      expect(response.output_text).toContain('You wrote: in parts');
    });

    it('is also served without /v1', async () => {
      const bare = new OpenAI({ baseURL: mock.url, apiKey: 'sk-mock', maxRetries: 0 });

      await expect(bare.responses.create(ASK)).resolves.toMatchObject({ object: 'response' });
    });
  });

  describe('a stream', () => {
    it('carries the same text and ends with the whole response', async () => {
      const stream = client.responses.stream(ASK);
      const deltas: string[] = [];
      stream.on('response.output_text.delta', ({ delta }) => deltas.push(delta));

      const response = await stream.finalResponse();

      expect(deltas.length).toBe(19);
      expect(deltas.join('')).toBe(response.output_text);
      expect(response).toMatchObject({ status: 'completed', usage: { total_tokens: 23 } });
    });

    it('names and numbers its events', async () => {
      const reply = await sendRaw(`${mock.url}/v1/responses`, {
        body: { model: 'demo?text=a', stream: true, input: 'x' },
      });

      const events = reply.text.split('\n\n').filter((event) => event !== '');
      const names = events.map((event) => event.split('\n')[0]);
      const numbers = events.map((event) => JSON.parse(event.split('\ndata: ')[1] ?? '').sequence_number);
      expect(reply.headers['content-type']).toBe('text/event-stream; charset=utf-8');
      expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
      expect(names).toEqual([
        'event: response.created',
        'event: response.in_progress',
        'event: response.output_item.added',
        'event: response.content_part.added',
        'event: response.output_text.delta',
        'event: response.output_text.done',
        'event: response.content_part.done',
        'event: response.output_item.done',
        'event: response.completed',
      ]);
    });

    it('ends as incomplete at the limit', async () => {
      const stream = await client.responses.create({ ...ASK, max_output_tokens: 2, stream: true });
      const types: string[] = [];
      for await (const event of stream) types.push(event.type);

      expect(types.at(-1)).toBe('response.incomplete');
    });
  });

  describe('tool calls', () => {
    it('answers with the calls that the prompt asks for', async () => {
      const response = await client.responses.create({ model: 'demo', input: PROMPT, tools: [WEATHER_TOOL] });

      expect(response.output).toMatchObject([
        { type: 'function_call', name: 'get_weather', arguments: '{"city":"Tromsø 🌨"}' },
        { type: 'function_call', name: 'get_weather', arguments: '{}' },
      ]);
    });

    it('streams them with arguments in pieces', async () => {
      const stream = client.responses.stream({ model: 'demo', input: PROMPT, tools: [WEATHER_TOOL] });

      const { output } = await stream.finalResponse();

      const calls = output.flatMap((item) => (item.type === 'function_call' ? [item] : []));
      expect(calls.map((call) => call.arguments)).toEqual(['{"city":"Tromsø 🌨"}', '{}']);
      expect(new Set(calls.map((call) => call.call_id)).size).toBe(2);
    });

    it('answers in words once the tool has answered', async () => {
      const response = await client.responses.create({
        model: 'demo',
        tools: [WEATHER_TOOL],
        input: [
          { role: 'user', content: PROMPT },
          { type: 'function_call', call_id: 'c', name: 'get_weather', arguments: '{}' },
          { type: 'function_call_output', call_id: 'c', output: 'snow' },
        ],
      });

      expect(response.output_text).toMatch(/The tool answered: snow$/);
    });

    it('makes no call to a tool that the request has not', async () => {
      const response = await client.responses.create({ model: 'demo', input: PROMPT });

      expect(response.output).toMatchObject([{ type: 'message' }]);
    });
  });

  describe('errors', () => {
    it.each([
      [400, OpenAI.BadRequestError, 'invalid_request_error'],
      [401, OpenAI.AuthenticationError, 'invalid_request_error'],
      [429, OpenAI.RateLimitError, 'requests'],
      [503, OpenAI.InternalServerError, 'server_error'],
    ])('%d has the vendor’s shape', async (status, errorClass, type) => {
      mock.next({ status });

      const failure = client.responses.create(ASK);

      await expect(failure).rejects.toThrow(errorClass);
      await expect(failure).rejects.toMatchObject({ status, type, requestID: expect.stringMatching(/^req_/) });
    });

    it('come inside a stream, without an end', async () => {
      mock.next({ errorInStream: 'after', text: 'one two three four' });
      const stream = await client.responses.create({ ...ASK, stream: true });
      const deltas: string[] = [];

      const reading = (async () => {
        for await (const event of stream) if (event.type === 'response.output_text.delta') deltas.push(event.delta);
      })();

      await expect(reading).rejects.toMatchObject({ type: 'server_error' });
      expect(deltas).toEqual(['one', ' two']);
    });

    it.each([
      ['no JSON', '{"model":', 'The request body is not valid JSON.'],
      ['no model', '{"input":"a"}', 'you must provide a model parameter'],
      ['no input', '{"model":"demo"}', "Missing required parameter: 'input'."],
    ])('refuses a body with %s', async (_, body, message) => {
      const reply = await sendRaw(`${mock.url}/v1/responses`, { body });

      expect(reply.status).toBe(400);
      expect(JSON.parse(reply.text)).toMatchObject({
        error: { message: expect.stringContaining(message), type: 'invalid_request_error' },
      });
    });
  });
});

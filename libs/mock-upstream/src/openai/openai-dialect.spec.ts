import { sendRaw } from '@sluice/testing';
import OpenAI from 'openai';
import type { MockUpstream } from '../mock-upstream.js';
import { startMockUpstream } from '../start-mock-upstream.js';

const MESSAGES = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Hello wörld' },
] as const;

const WEATHER_TOOL = {
  type: 'function',
  function: { name: 'get_weather', parameters: { type: 'object' } },
} as const;

describe('the mock as OpenAI, read by the official SDK', () => {
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
      const completion = await client.chat.completions.create({ model: 'demo', messages: [...MESSAGES] });

      expect(completion.choices[0]?.message.content).toMatch(
        /^This is Sluice's demo account: no model is asked.*Hello wörld$/,
      );
      expect(completion).toMatchObject({
        object: 'chat.completion',
        model: 'demo',
        choices: [{ finish_reason: 'stop', message: { role: 'assistant', refusal: null } }],
        usage: { prompt_tokens: 4, completion_tokens: 19, total_tokens: 23 },
        system_fingerprint: 'fp_mock_usage_in_words',
      });
    });

    it('is the same for the same request and another for another', async () => {
      const ask = (content: string) =>
        client.chat.completions.create({ model: 'demo', messages: [{ role: 'user', content }] });

      const [first, second, third] = await Promise.all([ask('one'), ask('one'), ask('two')]);

      expect(second).toEqual(first);
      expect(third.id).not.toBe(first.id);
      expect(first.id).toMatch(/^chatcmpl-[0-9a-f]{24}$/);
    });

    it('stops at the limit', async () => {
      const completion = await client.chat.completions.create({
        model: 'demo',
        messages: [...MESSAGES],
        max_completion_tokens: 3,
      });

      expect(completion.choices[0]).toMatchObject({
        finish_reason: 'length',
        message: { content: "This is Sluice's" },
      });
    });

    it('reads text parts', async () => {
      const completion = await client.chat.completions.create({
        model: 'demo',
        messages: [{ role: 'user', content: [{ type: 'text', text: 'in parts' }] }],
      });

      expect(completion.choices[0]?.message.content).toContain('You wrote: in parts');
    });

    it('is also served without /v1', async () => {
      const bare = new OpenAI({ baseURL: mock.url, apiKey: 'sk-mock', maxRetries: 0 });

      await expect(bare.chat.completions.create({ model: 'demo', messages: [...MESSAGES] })).resolves.toBeDefined();
    });
  });

  describe('a stream', () => {
    it('carries the same text and ends with the reason', async () => {
      const stream = client.chat.completions.stream({ model: 'demo', messages: [...MESSAGES] });
      const deltas: string[] = [];
      stream.on('content', (delta) => deltas.push(delta));

      const { choices } = await stream.finalChatCompletion();

      expect(deltas.length).toBe(19);
      expect(deltas.join('')).toBe(choices[0]?.message.content);
      expect(deltas.join('')).toContain('You wrote: Hello wörld');
      expect(choices[0]?.finish_reason).toBe('stop');
    });

    it('reports usage in a last chunk when asked, and not otherwise', async () => {
      const usages = async (includeUsage: boolean): Promise<unknown[]> => {
        const stream = await client.chat.completions.create({
          model: 'demo',
          messages: [...MESSAGES],
          stream: true,
          stream_options: { include_usage: includeUsage },
        });
        const seen: unknown[] = [];
        for await (const chunk of stream) if (chunk.usage) seen.push([chunk.choices.length, chunk.usage.total_tokens]);
        return seen;
      };

      expect(await usages(true)).toEqual([[0, 23]]);
      expect(await usages(false)).toEqual([]);
    });

    it('has data lines only and ends with [DONE]', async () => {
      const body = { model: 'demo?text=a', stream: true, messages: MESSAGES };

      const reply = await sendRaw(`${mock.url}/v1/chat/completions`, { body });

      expect(reply.headers['content-type']).toBe('text/event-stream; charset=utf-8');
      expect(reply.text.split('\n\n').map((event) => event.slice(0, 12))).toEqual([
        'data: {"id":',
        'data: {"id":',
        'data: {"id":',
        'data: [DONE]',
        '',
      ]);
    });
  });

  describe('tool calls', () => {
    const PROMPT = 'call:get_weather {"city":"Tromsø 🌨"} and call:get_weather and call:unknown';

    it('answers with the calls that the prompt asks for', async () => {
      const completion = await client.chat.completions.create({
        model: 'demo',
        tools: [WEATHER_TOOL],
        messages: [{ role: 'user', content: PROMPT }],
      });

      expect(completion.choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } });
      expect(completion.choices[0]?.message.tool_calls).toMatchObject([
        { type: 'function', function: { name: 'get_weather', arguments: '{"city":"Tromsø 🌨"}' } },
        { type: 'function', function: { name: 'get_weather', arguments: '{}' } },
      ]);
    });

    it('streams them with arguments in pieces', async () => {
      const stream = client.chat.completions.stream({
        model: 'demo',
        tools: [WEATHER_TOOL],
        messages: [{ role: 'user', content: PROMPT }],
      });

      const { choices } = await stream.finalChatCompletion();

      const calls = choices[0]?.message.tool_calls ?? [];
      expect(choices[0]?.finish_reason).toBe('tool_calls');
      expect(calls).toMatchObject([
        { function: { name: 'get_weather', arguments: '{"city":"Tromsø 🌨"}' } },
        { function: { name: 'get_weather', arguments: '{}' } },
      ]);
      expect(new Set(calls.map((call) => call.id)).size).toBe(2);
    });

    it('answers in words once the tool has answered', async () => {
      const completion = await client.chat.completions.create({
        model: 'demo',
        tools: [WEATHER_TOOL],
        messages: [
          { role: 'user', content: PROMPT },
          {
            role: 'assistant',
            tool_calls: [{ id: 'c', type: 'function', function: { name: 'get_weather', arguments: '{}' } }],
          },
          { role: 'tool', tool_call_id: 'c', content: 'snow' },
        ],
      });

      expect(completion.choices[0]?.message.content).toMatch(/The tool answered: snow$/);
    });

    it('makes no call to a tool that the request has not', async () => {
      const completion = await client.chat.completions.create({
        model: 'demo',
        messages: [{ role: 'user', content: PROMPT }],
      });

      expect(completion.choices[0]?.finish_reason).toBe('stop');
    });
  });

  describe('errors', () => {
    it.each([
      [400, OpenAI.BadRequestError, 'invalid_request_error', 'invalid_value'],
      [401, OpenAI.AuthenticationError, 'invalid_request_error', 'invalid_api_key'],
      [403, OpenAI.PermissionDeniedError, 'request_forbidden', 'unsupported_country_region_territory'],
      [404, OpenAI.NotFoundError, 'invalid_request_error', 'model_not_found'],
      [408, OpenAI.APIError, 'timeout', 'request_timeout'],
      [413, OpenAI.APIError, 'invalid_request_error', 'request_too_large'],
      [418, OpenAI.APIError, 'invalid_request_error', null],
      [429, OpenAI.RateLimitError, 'requests', 'rate_limit_exceeded'],
      [500, OpenAI.InternalServerError, 'server_error', null],
      [502, OpenAI.InternalServerError, 'server_error', null],
      [503, OpenAI.InternalServerError, 'server_error', 'server_is_overloaded'],
      [529, OpenAI.InternalServerError, 'server_error', 'server_is_overloaded'],
    ])('%d has the vendor’s shape', async (status, errorClass, type, code) => {
      mock.next({ status });

      const failure = client.chat.completions.create({ model: 'demo', messages: [...MESSAGES] });

      await expect(failure).rejects.toThrow(errorClass);
      await expect(failure).rejects.toMatchObject({ status, type, code, requestID: expect.stringMatching(/^req_/) });
    });

    it('can be told message, code and when to come back', async () => {
      mock.next({ status: 429, code: 'insufficient_quota', message: 'You spent it all.', retryAfter: '20' });

      const failure = client.chat.completions.create({ model: 'demo', messages: [...MESSAGES] });

      await expect(failure).rejects.toMatchObject({
        type: 'insufficient_quota',
        code: 'insufficient_quota',
        message: '429 You spent it all.',
      });
      await expect(
        failure.catch((error: InstanceType<typeof OpenAI.APIError>) => error.headers?.get('retry-after')),
      ).resolves.toBe('20');
    });

    it('come inside a stream, without an end', async () => {
      mock.next({ errorInStream: 'after', text: 'one two three four' });
      const stream = await client.chat.completions.create({ model: 'demo', messages: [...MESSAGES], stream: true });
      const deltas: (string | null | undefined)[] = [];

      const reading = (async () => {
        for await (const chunk of stream) deltas.push(chunk.choices[0]?.delta.content);
      })();

      await expect(reading).rejects.toMatchObject({ type: 'server_error' });
      expect(deltas).toEqual(['', 'one', ' two']);
    });

    it.each([
      ['no JSON', '{"model":', 'The request body is not valid JSON.'],
      ['no object', '[]', 'The request body is not a JSON object.'],
      ['no model', '{"messages":[{"role":"user","content":"a"}]}', 'you must provide a model parameter'],
      ['no messages', '{"model":"demo"}', "Missing required parameter: 'messages'."],
      ['empty messages', '{"model":"demo","messages":[]}', "Invalid 'messages': at least one message is needed."],
      ['a behaviour that does not exist', '{"model":"demo?x=1","messages":[{}]}', 'unknown behaviour "x"'],
    ])('refuses a body with %s', async (_, body, message) => {
      const reply = await sendRaw(`${mock.url}/v1/chat/completions`, { body });

      expect(reply.status).toBe(400);
      expect(JSON.parse(reply.text)).toMatchObject({
        error: { message: expect.stringContaining(message), type: 'invalid_request_error' },
      });
    });

    it('has nothing at other paths and methods', async () => {
      const replies = await Promise.all([
        sendRaw(`${mock.url}/v1/nothing`),
        sendRaw(`${mock.url}/v1/chat/completions`, { method: 'GET' }),
      ]);

      expect(replies.map(({ status }) => status)).toEqual([404, 404]);
      expect(JSON.parse(replies[1].text)).toMatchObject({
        error: { message: 'The scripted vendor has nothing at GET /v1/chat/completions.' },
      });
    });
  });

  it('lists its models', async () => {
    const models = await client.models.list();

    expect(models.data.map(({ id, object }) => [id, object])).toEqual([
      ['demo', 'model'],
      ['bench', 'model'],
    ]);
  });
});

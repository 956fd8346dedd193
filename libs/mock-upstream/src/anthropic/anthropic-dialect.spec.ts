import Anthropic from '@anthropic-ai/sdk';
import { sendRaw } from '@sluice/testing';
import type { MockUpstream } from '../mock-upstream.js';
import { startMockUpstream } from '../start-mock-upstream.js';

const REQUEST = {
  model: 'demo',
  max_tokens: 100,
  system: 'Be brief.',
  messages: [{ role: 'user', content: 'Hello wörld' }],
} satisfies Anthropic.MessageCreateParams;

const TOOL_REQUEST = {
  ...REQUEST,
  tools: [{ name: 'get_weather', input_schema: { type: 'object' } }],
  messages: [{ role: 'user', content: 'call:get_weather {"city":"Tromsø 🌨"} and call:get_weather' }],
} satisfies Anthropic.MessageCreateParams;

describe('the mock as Anthropic, read by the official SDK', () => {
  let mock: MockUpstream;
  let client: Anthropic;

  beforeAll(async () => {
    mock = await startMockUpstream();
    client = new Anthropic({ baseURL: mock.url, apiKey: 'sk-mock', maxRetries: 0 });
  });

  beforeEach(() => mock.reset());

  afterAll(() => mock.stop());

  describe('a whole answer', () => {
    it('says what it is and repeats the last user text', async () => {
      const message = await client.messages.create(REQUEST);

      expect(message).toMatchObject({
        id: expect.stringMatching(/^msg_[0-9a-f]{24}$/),
        type: 'message',
        role: 'assistant',
        model: 'demo',
        stop_reason: 'end_turn',
        usage: { input_tokens: 4, output_tokens: 19, cache_read_input_tokens: 0 },
      });
      expect(message.content).toEqual([
        {
          type: 'text',
          text: expect.stringMatching(/^This is Sluice's demo account: no model is asked.*Hello wörld$/),
        },
      ]);
    });

    it('stops at the limit', async () => {
      const message = await client.messages.create({ ...REQUEST, max_tokens: 3 });

      expect(message).toMatchObject({ stop_reason: 'max_tokens', content: [{ text: "This is Sluice's" }] });
    });
  });

  describe('a stream', () => {
    it('carries the same message as a whole answer', async () => {
      const whole = await client.messages.create(REQUEST);

      const streamed = await client.messages.stream(REQUEST).finalMessage();

      expect(streamed.content).toEqual(whole.content);
      expect(streamed).toMatchObject({ stop_reason: 'end_turn', usage: { input_tokens: 4, output_tokens: 19 } });
    });

    it('names its events in the vendor’s order', async () => {
      const reply = await sendRaw(`${mock.url}/v1/messages`, {
        body: { ...REQUEST, stream: true, model: 'demo?text=a b' },
      });

      expect(reply.headers['content-type']).toBe('text/event-stream; charset=utf-8');
      expect(reply.text.match(/(?<=^event: ).*$/gm)).toEqual([
        'message_start',
        'content_block_start',
        'ping',
        'content_block_delta',
        'content_block_delta',
        'content_block_stop',
        'message_delta',
        'message_stop',
      ]);
    });
  });

  describe('tool calls', () => {
    const CALLS = [
      { type: 'tool_use', name: 'get_weather', input: { city: 'Tromsø 🌨' } },
      { type: 'tool_use', name: 'get_weather', input: {} },
    ];

    it('answers with the calls that the prompt asks for', async () => {
      const message = await client.messages.create(TOOL_REQUEST);

      expect(message).toMatchObject({ stop_reason: 'tool_use', content: CALLS });
    });

    it('streams them as blocks, one after the other', async () => {
      const message = await client.messages.stream(TOOL_REQUEST).finalMessage();

      expect(message).toMatchObject({ stop_reason: 'tool_use', content: CALLS });
      expect(new Set(message.content.map((block) => block.type === 'tool_use' && block.id)).size).toBe(2);
    });

    it('answers in words once the tool has answered', async () => {
      const message = await client.messages.create({
        ...TOOL_REQUEST,
        messages: [
          ...TOOL_REQUEST.messages,
          { role: 'assistant', content: [{ type: 'tool_use', id: 'c', name: 'get_weather', input: {} }] },
          {
            role: 'user',
            content: [{ type: 'tool_result', tool_use_id: 'c', content: [{ type: 'text', text: 'snow' }] }],
          },
        ],
      });

      expect(message).toMatchObject({
        stop_reason: 'end_turn',
        content: [{ text: expect.stringMatching(/The tool answered: snow$/) }],
      });
    });
  });

  describe('errors', () => {
    it.each([
      [400, Anthropic.BadRequestError, 'invalid_request_error'],
      [401, Anthropic.AuthenticationError, 'authentication_error'],
      [403, Anthropic.PermissionDeniedError, 'permission_error'],
      [404, Anthropic.NotFoundError, 'not_found_error'],
      [408, Anthropic.APIError, 'timeout_error'],
      [413, Anthropic.APIError, 'request_too_large'],
      [418, Anthropic.APIError, 'invalid_request_error'],
      [429, Anthropic.RateLimitError, 'rate_limit_error'],
      [500, Anthropic.InternalServerError, 'api_error'],
      [502, Anthropic.InternalServerError, 'api_error'],
      [503, Anthropic.InternalServerError, 'api_error'],
      [529, Anthropic.InternalServerError, 'overloaded_error'],
    ])('%d has the vendor’s shape', async (status, errorClass, type) => {
      mock.next({ status, message: 'no' });

      const failure = client.messages.create(REQUEST);

      await expect(failure).rejects.toThrow(errorClass);
      await expect(failure).rejects.toMatchObject({
        status,
        requestID: expect.stringMatching(/^req_/),
        error: { type: 'error', error: { type, message: 'no' }, request_id: expect.stringMatching(/^req_/) },
      });
    });

    it('can be told a code', async () => {
      mock.next({ status: 429, code: 'enforced_spend_limit_reached', retryAfter: '60' });

      await expect(client.messages.create(REQUEST)).rejects.toMatchObject({
        error: { error: { type: 'rate_limit_error', details: { error_code: 'enforced_spend_limit_reached' } } },
      });
    });

    it.each(['before', 'after'] as const)('come inside a stream, %s content', async (errorInStream) => {
      mock.next({ errorInStream, text: 'one two' });

      await expect(client.messages.stream(REQUEST).finalMessage()).rejects.toMatchObject({
        status: undefined,
        error: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
      });
    });

    it.each([
      ['model', { max_tokens: 1, messages: REQUEST.messages }, 'model: Field required'],
      ['limit', { model: 'demo', messages: REQUEST.messages }, 'max_tokens: Field required'],
      ['messages', { model: 'demo', max_tokens: 1 }, 'messages: Field required'],
      ['message', { model: 'demo', max_tokens: 1, messages: [] }, 'messages: at least one message is required'],
    ])('refuses a body without a %s', async (_, body, message) => {
      const reply = await sendRaw(`${mock.url}/v1/messages`, { body });

      expect(reply.status).toBe(400);
      expect(JSON.parse(reply.text)).toMatchObject({
        type: 'error',
        error: { type: 'invalid_request_error', message },
      });
    });

    it('answers a wrong path of its clients in its own shape', async () => {
      const reply = await sendRaw(`${mock.url}/v1/complete`, { headers: { 'anthropic-version': '2023-06-01' } });

      expect(JSON.parse(reply.text)).toMatchObject({ type: 'error', error: { type: 'not_found_error' } });
    });
  });

  it('lists its models', async () => {
    const models = await client.models.list();

    expect(models.data.map(({ id, type }) => [id, type])).toEqual([
      ['demo', 'model'],
      ['bench', 'model'],
    ]);
    expect(models.has_more).toBe(false);
  });
});

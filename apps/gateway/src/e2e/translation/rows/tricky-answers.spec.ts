import type { JsonObject } from '@sluice/core';
import { byteCuts, sendRaw, type ByteCut } from '@sluice/testing';
import { startTestGateway, type TestGateway } from '../../harness/start-test-gateway.js';
import { CLIENT_KEY } from '../../harness/test-configuration.js';
import { ownAnswers } from '../../harness/vendor-answers.js';
import { isBinary } from '../directions.js';
import { accountsOfAll, VENDOR_MODELS, type ClientFormat, type VendorFormat } from '../vendors.js';

type TrickyClient = Exclude<ClientFormat, 'gemini'>;

const PATHS: Readonly<Record<TrickyClient, string>> = {
  'openai-chat': '/v1/chat/completions',
  'openai-responses': '/v1/responses',
  'anthropic-messages': '/v1/messages',
};

const MESSAGES = [{ role: 'user', content: 'Say it.' }];
const MEMBERS: Readonly<Record<TrickyClient, JsonObject>> = {
  'openai-chat': { messages: MESSAGES, stream_options: { include_usage: true } },
  'openai-responses': { input: 'Say it.' },
  'anthropic-messages': { messages: MESSAGES, max_tokens: 64 },
};

const sse = (...events: readonly (JsonObject | string)[]): Buffer =>
  Buffer.from(events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join(''));

// Chat Completions
const DONE = '[DONE]';
const choice = (index: number, delta: JsonObject, finish: string | null = null): JsonObject => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_760_000_000,
  model: 'gpt-test',
  choices: [{ index, delta, finish_reason: finish }],
});
const usage: JsonObject = {
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_760_000_000,
  model: 'gpt-test',
  choices: [],
  usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
};
const called = (index: number, id: string | undefined, name: string, text: string): JsonObject => ({
  tool_calls: [{ index, ...(id !== undefined && { id }), type: 'function', function: { name, arguments: text } }],
});

// Responses
const typed = (type: string, rest: JsonObject): JsonObject => ({ type, ...rest });
const created = typed('response.created', {
  response: { id: 'resp_1', model: 'm', status: 'in_progress', output: [] },
});
const completed = (output: readonly JsonObject[]): JsonObject =>
  typed('response.completed', {
    response: { id: 'resp_1', model: 'm', status: 'completed', output, usage: { input_tokens: 1, output_tokens: 1 } },
  });
const callItem = (id: string, text: string): JsonObject => ({
  id,
  type: 'function_call',
  call_id: `call_${id}`,
  name: `tool_${id}`,
  arguments: text,
});
const added = (index: number, item: JsonObject): JsonObject =>
  typed('response.output_item.added', { output_index: index, item });
const done = (index: number, item: JsonObject): JsonObject =>
  typed('response.output_item.done', { output_index: index, item });
const argued = (index: number, id: string, delta: string): JsonObject =>
  typed('response.function_call_arguments.delta', { output_index: index, item_id: id, delta });

// Gemini
const candidate = (parts: readonly JsonObject[], rest: JsonObject = {}, counts?: JsonObject): JsonObject => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...rest }],
  ...(counts !== undefined && { usageMetadata: counts }),
  modelVersion: 'gemini-test',
});

describe('a tricky answer', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({ accounts: accountsOfAll(test.vendor.url) });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  async function ask(client: TrickyClient, upstream: VendorFormat, stream: boolean, pieces: readonly Buffer[]) {
    const streamType = isBinary(upstream) ? 'application/vnd.amazon.eventstream' : 'text/event-stream';
    const headers = { 'content-type': stream ? streamType : 'application/json' };
    test.vendor.next({ replay: { status: 200, headers, chunks: pieces } });
    return sendRaw(test.url + PATHS[client], {
      headers: { authorization: `Bearer ${CLIENT_KEY}`, 'content-type': 'application/json' },
      body: { model: VENDOR_MODELS[upstream], stream, ...MEMBERS[client] },
    });
  }

  /** The events of a stream, as the vendor of the client's format would send them. */
  async function stream(
    client: TrickyClient,
    upstream: VendorFormat,
    body: Buffer,
    cut: ByteCut = byteCuts.whole,
  ): Promise<JsonObject[]> {
    const { text } = await ask(client, upstream, true, cut(body));
    const data = text.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice('data: '.length)] : []));
    return data.filter((line) => line !== DONE).map((line) => JSON.parse(line) as JsonObject);
  }

  async function whole(client: TrickyClient, upstream: VendorFormat, body: JsonObject): Promise<JsonObject> {
    const { text } = await ask(client, upstream, false, [Buffer.from(JSON.stringify(body))]);
    return JSON.parse(text) as JsonObject;
  }

  const typesOf = (events: readonly JsonObject[]) => events.map(({ type }) => type);
  const ofType = (events: readonly JsonObject[], type: string) => events.filter((event) => event['type'] === type);

  it('row 60: parts of nothing but empty text are empty content, and no null', async () => {
    const answer = await whole('openai-chat', 'gemini', candidate([{ text: '' }], { finishReason: 'STOP' }));

    expect(answer).toMatchObject({ choices: [{ message: { content: '' }, finish_reason: 'stop' }] });
  });

  it.each([
    ['length', 'max_output_tokens'],
    ['content_filter', 'content_filter'],
  ])('row 83: a Chat answer that ends by %s is incomplete', async (finish, reason) => {
    const events = await stream(
      'openai-responses',
      'openai-chat',
      sse(choice(0, { content: 'Once' }), choice(0, {}, finish), usage, DONE),
    );

    expect(events.at(-1)).toMatchObject({
      type: 'response.incomplete',
      response: { status: 'incomplete', incomplete_details: { reason } },
    });
    expect(typesOf(events)).not.toContain('response.completed');
  });

  it('row 84: reasoning alone, without a finish, is no completed answer', async () => {
    const events = await stream('openai-responses', 'openai-chat', sse(choice(0, { reasoning_content: 'Hm' }), DONE));

    expect(typesOf(events)).not.toContain('response.completed');
    expect(typesOf(events).at(-1)).toMatch(/^(?:error|response\.failed)$/);
  });

  it('row 85: the answer is completed once its usage is known', async () => {
    const events = await stream(
      'openai-responses',
      'openai-chat',
      sse(choice(0, { content: 'Hi' }), choice(0, {}, 'stop'), usage, DONE),
    );

    expect(ofType(events, 'response.completed')).toMatchObject([
      { response: { usage: { input_tokens: 7, output_tokens: 3 } } },
    ]);
  });

  it('row 87: calls of two choices are items of their own', async () => {
    const events = await stream(
      'openai-responses',
      'openai-chat',
      sse(
        choice(0, called(0, 'call_a', 'one', '{"a":')),
        choice(1, called(0, 'call_b', 'two', '{"b":')),
        choice(0, called(0, undefined, '', '1}')),
        choice(1, called(0, undefined, '', '2}')),
        choice(0, {}, 'tool_calls'),
        choice(1, {}, 'tool_calls'),
        usage,
        DONE,
      ),
    );

    expect(ofType(events, 'response.output_item.done')).toMatchObject([
      { output_index: 0, item: { type: 'function_call', name: 'one', arguments: '{"a":1}' } },
      { output_index: 1, item: { type: 'function_call', name: 'two', arguments: '{"b":2}' } },
    ]);
  });

  it('row 88: a call that is never given an id has one, the same from its beginning to the end', async () => {
    const events = await stream(
      'openai-responses',
      'openai-chat',
      sse(choice(0, called(0, undefined, 'one', '{}')), choice(0, {}, 'tool_calls'), usage, DONE),
    );

    const [end] = ofType(events, 'response.completed') as { response: { output: { call_id: string }[] } }[];
    const [opened] = ofType(events, 'response.output_item.added') as { item: { call_id: string } }[];
    expect(opened?.item.call_id).toMatch(/\S/);
    expect(end?.response.output.map((item) => item.call_id)).toEqual([opened?.item.call_id]);
  });

  it('row 103: arguments that interleave are told one call after the other', async () => {
    const events = await stream(
      'anthropic-messages',
      'openai-responses',
      sse(
        created,
        added(0, callItem('a', '')),
        added(1, callItem('b', '')),
        argued(0, 'a', '{"x":'),
        argued(1, 'b', '{"y":'),
        argued(0, 'a', '1}'),
        argued(1, 'b', '2}'),
        done(0, callItem('a', '{"x":1}')),
        done(1, callItem('b', '{"y":2}')),
        completed([]),
      ),
    );

    const blocks = events.filter(({ type }) => /^content_block_(?:start|stop)$/.test(String(type)));
    expect(blocks.map(({ type, index }) => [type, index])).toEqual([
      ['content_block_start', 0],
      ['content_block_stop', 0],
      ['content_block_start', 1],
      ['content_block_stop', 1],
    ]);
    const deltas = ofType(events, 'content_block_delta') as { index: number; delta: { partial_json: string } }[];
    const argumentsOf = (at: number) =>
      deltas.map(({ index, delta }) => (index === at ? delta.partial_json : '')).join('');
    expect([argumentsOf(0), argumentsOf(1)]).toEqual(['{"x":1}', '{"y":2}']);
  });

  it('row 105: a search that the vendor ran is one to the client too, and no call of its own', async () => {
    const search = { id: 'ws_1', type: 'web_search_call', status: 'completed' };
    const message = { id: 'msg_1', type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] };
    const events = await stream(
      'anthropic-messages',
      'openai-responses',
      sse(
        created,
        added(0, { ...search, status: 'in_progress' }),
        done(0, { ...search, action: { type: 'search', query: 'tide' } }),
        added(1, { ...message, content: [] }),
        typed('response.output_text.delta', { output_index: 1, item_id: 'msg_1', content_index: 0, delta: 'Hi' }),
        done(1, message),
        completed([]),
      ),
    );

    expect(ofType(events, 'content_block_start')).toMatchObject([
      { index: 0, content_block: { type: 'server_tool_use', id: 'srvtoolu_ws_1', name: 'web_search', input: {} } },
      { index: 1, content_block: { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_ws_1', content: [] } },
      { index: 2, content_block: { type: 'text' } },
    ]);
    expect(ofType(events, 'content_block_delta')[0]).toMatchObject({
      index: 0,
      delta: { type: 'input_json_delta', partial_json: '{"query":"tide"}' },
    });
    expect(ofType(events, 'message_delta')).toMatchObject([{ delta: { stop_reason: 'end_turn' } }]);
  });

  it('row 108: a chunk with a call says nothing of what it has not', async () => {
    const events = await stream(
      'openai-chat',
      'openai-responses',
      sse(created, added(0, callItem('a', '')), argued(0, 'a', '{}'), done(0, callItem('a', '{}')), completed([])),
    );

    const deltas = events.flatMap(({ choices }) =>
      (choices as { delta: JsonObject }[]).map(({ delta }) => delta).filter((delta) => 'tool_calls' in delta),
    );
    expect(deltas.length).toBeGreaterThan(0);
    expect(deltas.filter((delta) => Object.values(delta).includes(null))).toEqual([]);
  });

  it('row 111: a character in two pieces is one character', async () => {
    const body = sse(choice(0, { content: 'zwölf 満潮 🌊' }), choice(0, {}, 'stop'), usage, DONE);
    const events = await stream('anthropic-messages', 'openai-chat', body, byteCuts.insideUtf8);

    const deltas = ofType(events, 'content_block_delta') as { delta: { text: string } }[];
    expect(deltas.map(({ delta }) => delta.text).join('')).toBe('zwölf 満潮 🌊');
  });

  it('row 112: an event that passes is one event, with its name', async () => {
    const sent = ['ping', 'message_stop'].map((type) => `event: ${type}\ndata: {"type":"${type}"}\n\n`).join('');

    const { text } = await ask('anthropic-messages', 'anthropic-messages', true, [Buffer.from(sent)]);

    expect(text).toBe(sent);
  });

  it.each([1, 20, 60])('row 120: a stream of frames whose last %d bytes are missing is a failure', async (missing) => {
    const answer = ownAnswers('bedrock-converse').find(({ id }) => id.endsWith('/text.events.jsonl'));
    const body = answer?.body ?? Buffer.alloc(0);
    const events = await stream('anthropic-messages', 'bedrock-converse', body.subarray(0, -missing), byteCuts.oneByte);

    expect(ofType(events, 'content_block_delta').length).toBeGreaterThan(0);
    expect(typesOf(events)).not.toContain('message_stop');
    expect(events.at(-1)).toMatchObject({ type: 'error' });
  });

  it('row 128: text that is followed by [DONE] alone is a completed answer', async () => {
    const events = await stream('openai-responses', 'openai-chat', sse(choice(0, { content: 'Hi' }), DONE));

    expect(typesOf(events).slice(-4)).toEqual([
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
  });

  it('row 129: half of a call that is followed by [DONE] is no call', async () => {
    const events = await stream(
      'openai-responses',
      'openai-chat',
      sse(choice(0, called(0, 'call_a', 'one', '{"a":')), DONE),
    );

    expect(typesOf(events)).not.toContain('response.function_call_arguments.done');
    expect(typesOf(events)).not.toContain('response.output_item.done');
    expect(typesOf(events)).not.toContain('response.completed');
  });

  it('row 130: an answer that Gemini cut says so to Anthropic’s clients', async () => {
    const answer = await whole(
      'anthropic-messages',
      'gemini',
      candidate([{ text: 'Once' }], { finishReason: 'MAX_TOKENS' }),
    );

    expect(answer).toMatchObject({ stop_reason: 'max_tokens' });
  });

  it('row 131: what Gemini read from its cache is part of the prompt', async () => {
    const counts = {
      promptTokenCount: 100,
      cachedContentTokenCount: 30,
      candidatesTokenCount: 5,
      totalTokenCount: 105,
    };
    const answer = await whole('openai-chat', 'gemini', candidate([{ text: 'Hi' }], { finishReason: 'STOP' }, counts));

    expect(answer).toMatchObject({
      usage: { prompt_tokens: 100, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 30 } },
    });
  });
});

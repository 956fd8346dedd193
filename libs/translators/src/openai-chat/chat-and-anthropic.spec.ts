/**
 * The tricky cases between Chat Completions and Anthropic's Messages, from this format's side. Rows are those of the test
 * list in the protocol notes: "→" is a request, "⇒" an answer. The other half of each row is the other format's own.
 */
import {
  assertWellFormed,
  type CanonicalEvent,
  type CanonicalRequest,
  type ContentBlock,
  type JsonObject,
  type Message,
} from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { openAiChat } from './format.js';

const { translation: client } = openAiChat.client;
const { translation: upstream } = openAiChat.upstream;

const CONTEXT: TranslationContext = {
  requestId: 'r-1',
  createdAtSeconds: 1,
  requestedModel: 'asked-for',
  upstreamModel: 'gpt-4.1',
  dialect: {},
};
const EMPTY: CanonicalRequest = { model: 'm', stream: false, messages: [], tools: [], sampling: {} };
const ASKS_USAGE: CanonicalRequest = {
  ...EMPTY,
  stream: true,
  extensions: { 'openai-chat': { stream_options: { include_usage: true } } },
};

const textBlock = (text: string): ContentBlock => ({ type: 'text', text });
const user = (...content: ContentBlock[]): Message => ({ role: 'user', content });

/** C→: a client's body in canonical words. */
function decode(body: JsonObject): CanonicalRequest {
  const bytes = Buffer.from(JSON.stringify({ model: 'm', messages: [], ...body }));
  return client.decodeRequest({ path: '/v1/chat/completions', query: '', body: bytes });
}

/** →C: a canonical request as the vendor gets it. */
function encode(request: Partial<CanonicalRequest>, dialect: JsonObject = {}): JsonObject {
  const { call } = upstream.encodeRequest({ ...EMPTY, ...request }, { ...CONTEXT, dialect });
  return JSON.parse(call.body.toString()) as JsonObject; // our own encoder's JSON
}

function warningsOf(request: Partial<CanonicalRequest>): readonly string[] {
  return upstream.encodeRequest({ ...EMPTY, ...request }, CONTEXT).warnings.map(({ message }) => message);
}

/** C⇒: a vendor's chunks (deltas, or whole chunks) in canonical events. */
function readStream(...chunks: readonly (JsonObject | '[DONE]')[]): readonly CanonicalEvent[] {
  const decoder = upstream.createStreamDecoder(CONTEXT, EMPTY);
  const events: CanonicalEvent[] = [];
  const keep = (event: CanonicalEvent): void => void events.push(event);
  for (const chunk of chunks)
    decoder.push({ kind: 'sse', data: chunk === '[DONE]' ? chunk : JSON.stringify(chunk) }, keep);
  decoder.finish(keep);
  assertWellFormed(events);
  return events;
}

const delta = (members: JsonObject, finish: string | null = null): JsonObject => ({
  id: 'c-1',
  model: 'm',
  choices: [{ index: 0, delta: members, finish_reason: finish }],
});
const call = (members: JsonObject): JsonObject => delta({ tool_calls: [members] });
const finish = (reason: string): JsonObject => delta({}, reason);

/** ⇒C: canonical events as the client's chunks. */
function writeStream(...events: readonly CanonicalEvent[]): readonly (JsonObject | '[DONE]')[] {
  const encoder = client.createStreamEncoder(ASKS_USAGE, CONTEXT);
  const chunks: (JsonObject | '[DONE]')[] = [];
  const all: CanonicalEvent[] = [{ type: 'response-start', id: 'msg_1', model: 'claude' }, ...events];
  for (const event of all) {
    encoder.push(event, ({ data }) => chunks.push(data === '[DONE]' ? data : (JSON.parse(data) as JsonObject))); // our own
  }
  return chunks;
}

const deltasOf = (chunks: readonly (JsonObject | '[DONE]')[]): readonly unknown[] =>
  chunks.flatMap((chunk) => (chunk === '[DONE]' ? [] : ((chunk['choices'] as { delta: unknown }[])[0]?.delta ?? [])));
const finishesOf = (chunks: readonly (JsonObject | '[DONE]')[]): readonly unknown[] =>
  chunks
    .flatMap((chunk) => (chunk === '[DONE]' ? [] : (chunk['choices'] as { finish_reason: unknown }[])))
    .map(({ finish_reason: reason }) => reason)
    .filter(Boolean);
const ended = (unified: 'stop' | 'refusal' | 'tool-calls'): CanonicalEvent => ({
  type: 'response-end',
  finishReason: { unified },
});

const starts = (events: readonly CanonicalEvent[]): readonly unknown[] =>
  events.flatMap((event) => (event.type === 'block-start' ? [event.block] : []));
const deltas = (events: readonly CanonicalEvent[]): readonly (readonly [number, string])[] =>
  events.flatMap((event) => (event.type === 'block-delta' ? [[event.index, event.delta] as const] : []));
const unified = (events: readonly CanonicalEvent[]): string | undefined => {
  const last = events.at(-1);
  return last?.type === 'response-end' ? last.finishReason.unified : last?.type;
};

describe('Chat → Anthropic, this half', () => {
  it('row 1: stop is one sequence or several', () => {
    expect(decode({ stop: 'END' }).sampling.stop).toEqual(['END']);
    expect(decode({ stop: ['A', 'B'] }).sampling.stop).toEqual(['A', 'B']);
  });

  it('row 2: max_completion_tokens wins over max_tokens', () => {
    expect(decode({ max_completion_tokens: 77 }).sampling.maxOutputTokens).toBe(77);
    expect(decode({ max_tokens: 5, max_completion_tokens: 77 }).sampling.maxOutputTokens).toBe(77);
    expect(decode({ max_tokens: 5 }).sampling.maxOutputTokens).toBe(5);
  });

  it('row 3: a system message stands where it stood, the marker at its own block', () => {
    const { messages } = decode({
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral' } }] },
        { role: 'system', content: 's' },
        { role: 'user', content: 'b' },
      ],
    });

    expect(messages).toMatchObject([
      { role: 'user', content: [{ text: 'a', cache: {} }] },
      { role: 'system', content: [{ text: 's' }] },
      { role: 'user', content: [{ text: 'b' }] },
    ]);
  });

  it('row 4: ids of calls are the same in call and result, whatever characters they hold', () => {
    const { messages } = decode({
      messages: [
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'call.with space:1', type: 'function', function: { name: 'f', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'call.with space:1', content: 'r' },
      ],
    });

    expect(messages).toMatchObject([
      { content: [{ type: 'tool-call', id: 'call.with space:1' }] },
      { content: [{ type: 'tool-result', callId: 'call.with space:1' }] },
    ]);
  });

  it('rows 5 and 6: results keep their order, also those answered twice and those without an id', () => {
    const { messages } = decode({
      messages: [
        { role: 'tool', tool_call_id: 'a', content: 'first' },
        { role: 'tool', tool_call_id: 'a', content: 'last' },
        { role: 'tool', content: 'nobody' },
        { role: 'user', content: 'go on' },
      ],
    });

    expect(messages.flatMap(({ content }) => content)).toEqual([
      { type: 'tool-result', callId: 'a', content: [textBlock('first')] },
      { type: 'tool-result', callId: 'a', content: [textBlock('last')] },
      { type: 'tool-result', callId: '', content: [textBlock('nobody')] },
      textBlock('go on'),
    ]);
  });

  it.each(['', '[1]', 'not json', '{"a": 1.0}'])('row 7: arguments stay text, whatever they are: %j', (text) => {
    const tool_calls = [{ id: 'a', type: 'function', function: { name: 'f', arguments: text } }];

    const { messages } = decode({ messages: [{ role: 'assistant', content: null, tool_calls }] });

    expect(messages[0]?.content).toMatchObject([{ argumentsJson: text }]);
  });

  it('row 8: a schema with a union at its root is handed on as it is', () => {
    const parameters = { anyOf: [{ properties: { a: {} } }, { properties: { b: {} } }] };

    const { tools } = decode({ tools: [{ type: 'function', function: { name: 'f', parameters } }] });

    expect(tools).toEqual([{ kind: 'function', name: 'f', parameters }]);
  });

  it('row 9: a conversation may consist of a system message', () => {
    expect(decode({ messages: [{ role: 'system', content: 's' }] }).messages).toEqual([
      { role: 'system', content: [textBlock('s')] },
    ]);
  });

  it("row 10: a part keeps its own marker, the message's goes to the last block without one", () => {
    const marker = (ttl: string): JsonObject => ({ cache_control: { type: 'ephemeral', ttl } });
    const { messages } = decode({
      messages: [
        {
          role: 'developer',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
          ...marker('1h'),
        },
        { role: 'user', content: [{ type: 'text', text: 'c', ...marker('5m') }], ...marker('1h') },
      ],
    });

    expect(messages.map(({ content }) => content.map(({ cache }) => cache))).toEqual([
      [undefined, { ttl: '1h' }],
      [{ ttl: '5m' }],
    ]);
  });

  it('row 11: a caller who says nothing of himself has no end user', () => {
    expect(decode({}).endUser).toBeUndefined();
    expect(decode({ safety_identifier: 's-1' }).endUser).toBe('s-1');
    expect(decode({ safety_identifier: 's-1', user: 'u-1' }).endUser).toBe('u-1');
  });

  it('row 12: a tool may answer with text and images, by bytes or by address', () => {
    const { messages } = decode({
      messages: [
        {
          role: 'tool',
          tool_call_id: 'a',
          content: [
            { type: 'text', text: 't' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'image_url', image_url: { url: 'https://images.example/a.png' } },
          ],
        },
      ],
    });

    expect(messages[0]?.content).toMatchObject([
      {
        type: 'tool-result',
        content: [
          textBlock('t'),
          { type: 'image', mediaType: 'image/png', source: { kind: 'base64', value: 'AAAA' } },
          { type: 'image', source: { kind: 'url', value: 'https://images.example/a.png' } },
        ],
      },
    ]);
  });

  it.each([
    [{ file_data: 'data:application/pdf;base64,JVBERi0=' }, 'application/pdf'],
    [{ file_data: 'JVBERi0=', filename: 'notes.TXT' }, 'text/plain'],
    [{ file_data: 'JVBERi0=' }, 'application/pdf'],
  ])("row 13: a file's type is its data URL's, else its name's: %j", (file, mediaType) => {
    const { messages } = decode({ messages: [{ role: 'user', content: [{ type: 'file', file }] }] });

    expect(messages[0]?.content).toMatchObject([
      { type: 'document', mediaType, source: { kind: 'base64', value: 'JVBERi0=' } },
    ]);
  });

  it('rows 14 and 15: sampling, tool choice and effort are told side by side', () => {
    expect(decode({ temperature: 0.3, top_p: 0.9, tool_choice: 'required', reasoning_effort: 'high' })).toMatchObject({
      sampling: { temperature: 0.3, topP: 0.9 },
      toolChoice: { mode: 'required' },
      reasoning: { mode: 'on', effort: 'high' },
    });
  });

  it('row 16: several system messages stay several', () => {
    const { messages } = decode({
      messages: [
        { role: 'system', content: 'a' },
        { role: 'system', content: [{ type: 'text', text: 'b' }] },
      ],
    });

    expect(messages).toEqual([
      { role: 'system', content: [textBlock('a')] },
      { role: 'system', content: [textBlock('b')] },
    ]);
  });
});

describe('Anthropic ⇒ Chat, this half', () => {
  it('rows 17 and 18: the prompt counts cache reads and writes, once, at the end', () => {
    const chunks = writeStream(
      { type: 'usage', usage: { input: 105, cacheRead: 90, cacheWrite5m: 5, source: 'upstream' } },
      { type: 'usage', usage: { input: 105, output: 7, cacheRead: 90, cacheWrite5m: 5, source: 'upstream' } },
      ended('stop'),
    );

    expect(chunks.filter((chunk) => chunk !== '[DONE]' && chunk['usage'] !== null)).toMatchObject([
      {
        choices: [],
        usage: {
          prompt_tokens: 105,
          completion_tokens: 7,
          total_tokens: 112,
          prompt_tokens_details: { cached_tokens: 90, cache_write_tokens: 5 },
        },
      },
    ]);
    expect(chunks.at(-1)).toBe('[DONE]');
  });

  it('row 19: reasoning that the vendor hides is never shown', () => {
    const blocks: readonly ContentBlock[] = [{ type: 'reasoning', text: '', redacted: 'c2VjcmV0' }, textBlock('hi')];
    const answer = client.encodeResponse(
      { id: 'msg_1', model: 'claude', content: blocks, finishReason: { unified: 'stop' } },
      CONTEXT,
    );

    expect(JSON.stringify(answer)).not.toContain('c2VjcmV0');
    expect(answer).toMatchObject({ choices: [{ message: { content: 'hi' } }] });
    expect(JSON.stringify(answer)).not.toContain('reasoning');
  });

  it("row 20: another vendor's refusal is a content filter", () => {
    expect(finishesOf(writeStream(ended('refusal')))).toEqual(['content_filter']);
  });

  it('rows 21 and 23: a call has its number among the calls, and {} for no arguments', () => {
    const chunks = writeStream(
      { type: 'block-start', index: 0, block: { type: 'text' } },
      { type: 'block-delta', index: 0, delta: 'Let me.' },
      { type: 'block-end', index: 0 },
      { type: 'block-start', index: 1, block: { type: 'tool-call', id: 'toolu_1', name: 'f' } },
      { type: 'block-end', index: 1 },
      ended('tool-calls'),
    );

    expect(deltasOf(chunks)).toEqual([
      { role: 'assistant', content: '' },
      { content: 'Let me.' },
      { tool_calls: [{ index: 0, id: 'toolu_1', type: 'function', function: { name: 'f', arguments: '' } }] },
      { tool_calls: [{ index: 0, function: { arguments: '{}' } }] },
      {},
    ]);
    expect(finishesOf(chunks)).toEqual(['tool_calls']);
  });

  it('row 22: there is one finish, and nothing after the end', () => {
    expect(finishesOf(writeStream(ended('stop'), ended('stop')))).toEqual(['stop']);
  });
});

describe('Anthropic → Chat, this half', () => {
  it('row 24: results come before what the user says in the same turn', () => {
    const result: ContentBlock = { type: 'tool-result', callId: 'a', content: [textBlock('r')] };

    expect(encode({ messages: [user(textBlock('and now?'), result)] })['messages']).toEqual([
      { role: 'tool', tool_call_id: 'a', content: 'r' },
      { role: 'user', content: 'and now?' },
    ]);
  });

  it('row 25: a result that is JSON is its text', () => {
    const result: ContentBlock = { type: 'tool-result', callId: 'a', content: [textBlock('{"foo":"bar"}')] };

    expect(encode({ messages: [user(result)] })['messages']).toEqual([
      { role: 'tool', tool_call_id: 'a', content: '{"foo":"bar"}' },
    ]);
  });

  it('row 26: an interleaved turn is one message without its reasoning', () => {
    const content: readonly ContentBlock[] = [
      { type: 'reasoning', text: 't1' },
      textBlock('pre'),
      { type: 'tool-call', id: 'a', name: 'f', argumentsJson: '{"x":1}' },
      { type: 'reasoning', text: 't2' },
      textBlock('post'),
    ];

    expect(encode({ messages: [{ role: 'assistant', content }] })['messages']).toEqual([
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'pre' },
          { type: 'text', text: 'post' },
        ],
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } }],
      },
    ]);
  });

  it('rows 27 and 132: a turn of which nothing is left disappears, and says so', () => {
    const messages: readonly Message[] = [
      user(textBlock('q')),
      { role: 'assistant', content: [{ type: 'reasoning', text: 'hm' }] },
      { role: 'assistant', content: [] },
    ];

    expect(encode({ messages })['messages']).toEqual([{ role: 'user', content: 'q' }]);
    expect(warningsOf({ messages })).toEqual([
      'Reasoning of an earlier turn was left out: the vendor does not take it back.',
    ]);
  });

  it('row 28: a later system message stays in its place, or is given to the user where the vendor takes none there', () => {
    const messages: readonly Message[] = [user(textBlock('q')), { role: 'system', content: [textBlock('note')] }];

    expect(encode({ messages })['messages']).toEqual([
      { role: 'user', content: 'q' },
      { role: 'system', content: 'note' },
    ]);
    expect(encode({ messages }, { systemPosition: 'first' })['messages']).toEqual([
      { role: 'user', content: 'q' },
      { role: 'user', content: '<system-reminder>\nnote\n</system-reminder>' },
    ]);
  });

  it.each([
    ['alone', ['x-anthropic-billing-header: cc_version=1;'], []],
    [
      'as a block',
      ['x-anthropic-billing-header: cc_version=1;', 'Be brief.'],
      [{ role: 'system', content: 'Be brief.' }],
    ],
    ['as a line', ['x-anthropic-billing-header: a\nBe brief.'], [{ role: 'system', content: 'Be brief.' }]],
  ])('row 29: the attribution is for Anthropic only (%s)', (_, texts, expected) => {
    expect(encode({ messages: [{ role: 'system', content: texts.map(textBlock) }] })['messages']).toEqual(expected);
  });

  it('row 29: the attribution that its own format hid is left out without a word', () => {
    const hidden: ContentBlock = {
      type: 'opaque',
      format: 'anthropic-messages',
      value: { type: 'text', text: 'x-anthropic-billing-header: a' },
    };
    const messages: readonly Message[] = [{ role: 'system', content: [hidden, textBlock('S')] }];

    expect(encode({ messages })['messages']).toEqual([{ role: 'system', content: 'S' }]);
    expect(warningsOf({ messages })).toEqual([]);
  });

  it('row 30: an object schema has properties', () => {
    const { tools } = encode({ tools: [{ kind: 'function', name: 'f', parameters: { type: 'object' } }] });

    expect(tools).toEqual([
      { type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } },
    ]);
  });

  it.each(['none', 'auto', 'required'] as const)('row 31: tool choice %s is a word of its own', (mode) => {
    const tools = [{ kind: 'function' as const, name: 'f', parameters: {} }];

    expect(encode({ tools, toolChoice: { mode } })['tool_choice']).toBe(mode);
  });

  it('row 32: stop is always a list', () => {
    expect(encode({ sampling: { stop: ['x'] } })['stop']).toEqual(['x']);
  });
});

describe('Chat ⇒ Anthropic, this half', () => {
  it.each([
    ['row 33: empty', ''],
    ['row 34: null', null],
  ])('%s name throughout: the call gets a name', (_, name) => {
    const events = readStream(
      call({ index: 0, id: 'a', function: { name, arguments: '' } }),
      call({ index: 0, function: { name, arguments: '{"x":1}' } }),
      finish('tool_calls'),
      '[DONE]',
    );

    expect(starts(events)).toEqual([{ type: 'tool-call', id: 'a', name: 'tool_0' }]);
    expect(deltas(events)).toEqual([[0, '{"x":1}']]);
    expect(unified(events)).toBe('tool-calls');
  });

  it("row 35: calls without ids begin in the order of the vendor's numbers", () => {
    const tool_calls = [
      { index: 2, function: { name: 'third' } },
      { index: 0, function: { name: 'first' } },
      { index: 1, function: { name: 'second' } },
    ];

    const events = readStream(delta({ tool_calls }), finish('tool_calls'), '[DONE]');

    expect(starts(events)).toMatchObject([{ name: 'first' }, { name: 'second' }, { name: 'third' }]);
    expect(events.flatMap((event) => (event.type === 'block-start' ? event.index : []))).toEqual([0, 1, 2]);
  });

  it('row 36: an id that comes after the finish changes nothing any more', () => {
    const events = readStream(
      call({ index: 0, function: { name: 'f', arguments: '{}' } }),
      finish('tool_calls'),
      { choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } },
      call({ index: 0, id: 'late' }),
      '[DONE]',
    );

    expect(starts(events)).toEqual([{ type: 'tool-call', id: expect.stringMatching(/^call_/), name: 'f' }]);
    expect(unified(events)).toBe('tool-calls');
  });

  it('row 37: a call of which nothing is said is no call', () => {
    const events = readStream(delta({ content: 'hi' }), call({ index: 0 }), finish('tool_calls'), '[DONE]');

    expect(starts(events)).toEqual([{ type: 'text' }]);
    expect(unified(events)).toBe('stop');
  });

  it('row 38: a name that is repeated begins nothing', () => {
    const events = readStream(
      call({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } }),
      call({ index: 0, id: 'a', function: { name: 'f', arguments: ':1}' } }),
      finish('tool_calls'),
      '[DONE]',
    );

    expect(starts(events)).toEqual([{ type: 'tool-call', id: 'a', name: 'f' }]);
    expect(deltas(events)).toEqual([
      [0, '{"x"'],
      [0, ':1}'],
    ]);
  });

  it('rows 39 and 113: whatever follows [DONE] is ignored', () => {
    const late = { choices: [], usage: { prompt_tokens: 9, completion_tokens: 9 } };

    const events = readStream(
      delta({ content: 'hi' }),
      finish('stop'),
      '[DONE]',
      late,
      delta({ content: 'more' }),
      '[DONE]',
    );

    expect(events.map(({ type }) => type)).toEqual([
      'response-start',
      'block-start',
      'block-delta',
      'block-end',
      'response-end',
    ]);
  });

  it('row 40: the cached part of the prompt is told apart', () => {
    const usage = { prompt_tokens: 100, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 60 } };

    const events = readStream(delta({ content: 'hi' }), finish('stop'), { choices: [], usage }, '[DONE]');

    expect(events).toContainEqual({
      type: 'usage',
      usage: { input: 100, output: 5, cacheRead: 60, source: 'upstream', raw: usage },
    });
  });

  it('row 41: an answer that was cut by its length says so', () => {
    expect(readStream(delta({ content: 'hi' }), finish('length'), '[DONE]').at(-1)).toEqual({
      type: 'response-end',
      finishReason: { unified: 'length', raw: 'length' },
    });
  });

  it('row 42: choices that share an answer become one', () => {
    const body = {
      id: 'c-1',
      model: 'm',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'Let me.' }, finish_reason: 'stop' },
        {
          index: 1,
          message: {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
          },
          finish_reason: 'tool_calls',
        },
      ],
    };

    expect(upstream.decodeResponse(Buffer.from(JSON.stringify(body)), CONTEXT, EMPTY)).toMatchObject({
      content: [textBlock('Let me.'), { type: 'tool-call', id: 'a', name: 'f', argumentsJson: '{}' }],
      finishReason: { unified: 'tool-calls' },
    });
  });

  it('row 114: a stream that ends without its end is a failure', () => {
    expect(readStream(delta({ content: 'half' })).at(-1)).toMatchObject({
      type: 'response-error',
      error: { kind: 'upstream_truncated' },
    });
  });
});

describe('row 134: usage inside a stream', () => {
  it('is asked for even where the client did not', () => {
    expect(encode({ stream: true })).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(encode({ stream: true }, { streamUsage: false })).not.toHaveProperty('stream_options');
  });

  it('is told only where the client asked', () => {
    const encoder = client.createStreamEncoder(EMPTY, CONTEXT);
    const data: string[] = [];
    const events: readonly CanonicalEvent[] = [
      { type: 'response-start', id: 'a', model: 'm' },
      { type: 'usage', usage: { input: 1, output: 1, source: 'upstream' } },
      ended('stop'),
    ];

    for (const event of events) encoder.push(event, (frame) => data.push(frame.data));

    expect(data.join('\n')).not.toContain('usage');
  });
});

describe('names of tools that OpenAI does not accept', () => {
  const long = `mcp__${'very-'.repeat(20)}long`;
  const tool = (name: string) => ({ kind: 'function', name, parameters: { type: 'object' } }) as const;
  const called = (name: string): Message => ({
    role: 'assistant',
    content: [{ type: 'tool-call', id: 'c1', name, argumentsJson: '{}' }],
  });

  it.each(['files.read', long])('are spelled otherwise, the same everywhere: %s', (name) => {
    const tools = [tool(name)];

    const body = encode({ tools, toolChoice: { mode: 'named', name }, messages: [called(name)] });

    const declared = (body as { tools: { function: { name: string } }[] }).tools[0]?.function.name ?? '';
    expect(declared).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(body).toMatchObject({
      tool_choice: { type: 'function', function: { name: declared } },
      messages: [{ tool_calls: [{ function: { name: declared } }] }],
    });
  });

  it.each(['files.read', long, 'plain_name'])('come back as they were: %s', (name) => {
    const request = { ...EMPTY, tools: [tool(name)] };
    const wire = (encode(request) as { tools: { function: { name: string } }[] }).tools[0]?.function.name;
    const call = { index: 0, id: 'c1', type: 'function', function: { name: wire ?? '', arguments: '{}' } };
    const message = { role: 'assistant', content: null, tool_calls: [call] };
    const answer = { id: 'x', choices: [{ index: 0, message, finish_reason: 'tool_calls' }] };
    const decoder = upstream.createStreamDecoder(CONTEXT, request);
    const events: CanonicalEvent[] = [];

    const { content } = upstream.decodeResponse(Buffer.from(JSON.stringify(answer)), CONTEXT, request);
    const chunk = { id: 'x', choices: [{ index: 0, delta: { tool_calls: [call] }, finish_reason: 'tool_calls' }] };
    decoder.push({ kind: 'sse', data: JSON.stringify(chunk) }, (event) => void events.push(event));

    expect(content).toMatchObject([{ type: 'tool-call', name }]);
    expect(events).toContainEqual(expect.objectContaining({ block: { type: 'tool-call', id: 'c1', name } }));
  });
});

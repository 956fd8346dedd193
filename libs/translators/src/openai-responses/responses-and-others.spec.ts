/**
 * The tricky cases between Responses and its neighbours, Chat Completions and Anthropic's Messages, from this format's side.
 * Rows are those of the test list in the protocol notes: "→" is a request, "⇒" an answer. The other half of each row is the
 * other format's own; what stands between is written out here as canonical words.
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
import { openAiResponses } from './format.js';

const { translation: client } = openAiResponses.client;
const { translation: upstream } = openAiResponses.upstream;

const CONTEXT: TranslationContext = {
  requestId: 'r-1',
  createdAtSeconds: 1,
  requestedModel: 'asked-for',
  upstreamModel: 'gpt-5.1',
  dialect: {},
};
const EMPTY: CanonicalRequest = { model: 'm', stream: true, messages: [], tools: [], sampling: {} };

/** A signature in Anthropic's own envelope: container › channel block › channel id, version. */
const CLAUDE_SIGNATURE = Buffer.from([0x12, 0x06, 0x0a, 0x04, 0x08, 0x0b, 0x18, 0x02]).toString('base64');

/** R→: a client's body in canonical words. */
const decode = (body: JsonObject): CanonicalRequest =>
  client.decodeRequest({ path: '', query: '', body: Buffer.from(JSON.stringify({ model: 'm', ...body })) });
const messagesOf = (...input: readonly JsonObject[]): readonly Message[] => decode({ input }).messages;

/** →R: a canonical request as the vendor gets it. */
const encode = (request: Partial<CanonicalRequest>): JsonObject =>
  JSON.parse(upstream.encodeRequest({ ...EMPTY, ...request }, CONTEXT).call.body.toString());

/** R⇒: a vendor's events in canonical ones. */
function readStream(...events: readonly (JsonObject & { readonly type: string })[]): readonly CanonicalEvent[] {
  const decoder = upstream.createStreamDecoder(CONTEXT, EMPTY);
  const seen: CanonicalEvent[] = [];
  const all = [{ type: 'response.created', response: { id: 'resp_1', model: 'gpt-5.1' } }, ...events];
  for (const event of all) decoder.push({ kind: 'sse', data: JSON.stringify(event) }, (item) => seen.push(item));
  decoder.finish((item) => seen.push(item));
  assertWellFormed(seen);
  return seen;
}

/** ⇒R: canonical events as the client's. */
function writeStream(...events: readonly CanonicalEvent[]): readonly JsonObject[] {
  const encoder = client.createStreamEncoder(EMPTY, CONTEXT);
  const written: JsonObject[] = [];
  for (const event of [{ type: 'response-start', id: 'msg_1', model: '' } as const, ...events]) {
    encoder.push(event, ({ data }) => written.push(JSON.parse(data) as JsonObject)); // our own encoder's JSON
  }
  return written;
}

const said = (role: string, content: string): JsonObject => ({ type: 'message', role, content });
const call = (id: string): JsonObject => ({ type: 'function_call', call_id: id, name: 'f', arguments: '{}' });
const output = (id: string): JsonObject => ({ type: 'function_call_output', call_id: id, output: 'r' });
const kindsOf = (messages: readonly Message[]): readonly unknown[] =>
  messages.map(({ role, content }) => [role, ...content.map(({ type }) => type)]);
const lastOf = (written: readonly JsonObject[]): JsonObject => written.at(-1)?.['response'] as JsonObject; // a terminal event
const block = (index: number, start: object, delta?: string): readonly CanonicalEvent[] => [
  { type: 'block-start', index, block: start } as CanonicalEvent, // the starts that are used here
  ...(delta === undefined ? [] : [{ type: 'block-delta', index, delta } as const]),
  { type: 'block-end', index },
];
const ended = (unified: 'stop' | 'tool-calls'): CanonicalEvent => ({ type: 'response-end', finishReason: { unified } });
const COMPLETED = { type: 'response.completed', response: { status: 'completed', output: [] } };

describe('Responses → Chat and Anthropic, this half', () => {
  it('row 76: calls in a row are one message of the assistant, their results one of the user', () => {
    expect(kindsOf(messagesOf(said('assistant', 'a'), call('1'), call('2'), output('1'), output('2')))).toEqual([
      ['assistant', 'text', 'tool-call', 'tool-call'],
      ['user', 'tool-result', 'tool-result'],
    ]);
  });

  it('row 77: what the user says while a tool runs is heard after its result', () => {
    const messages = messagesOf(call('1'), said('user', 'wait'), output('1'), said('user', 'now'));

    expect(kindsOf(messages)).toEqual([
      ['assistant', 'tool-call'],
      ['user', 'tool-result'],
      ['user', 'text'],
      ['user', 'text'],
    ]);
    expect(messages.slice(2)).toMatchObject([{ content: [{ text: 'wait' }] }, { content: [{ text: 'now' }] }]);
  });

  it('row 78: calls are not joined across a message of the user', () => {
    const messages = messagesOf(call('1'), output('1'), said('user', 'more'), call('2'), output('2'));

    expect(kindsOf(messages).map((kinds) => (kinds as readonly string[])[0])).toEqual([
      'assistant',
      'user',
      'user',
      'assistant',
      'user',
    ]);
  });

  it('row 79: tools that the vendor runs are no tools of the client', () => {
    const { tools, toolChoice } = decode({
      input: 'x',
      tools: [{ type: 'web_search' }, { type: 'file_search' }],
      parallel_tool_calls: true,
    });

    expect(tools.map(({ kind }) => kind)).toEqual(['server', 'server']);
    expect(toolChoice).toEqual({ mode: 'auto', parallel: true });
  });

  it('row 81: of two tools with one name the first declaration wins', () => {
    const tool = (name: string, description: string) => ({ type: 'function', name, description, parameters: {} });
    const { tools } = decode({
      input: 'x',
      tools: [tool('ns__f', 'direct'), { type: 'namespace', name: 'ns', tools: [tool('f', 'nested')] }],
    });

    expect(tools).toMatchObject([{ name: 'ns__f', description: 'direct' }]);
  });

  it('row 90: reasoning that Claude signed keeps its signature, and stands before its call', () => {
    const reasoning = {
      type: 'reasoning',
      summary: [{ type: 'summary_text', text: 'T' }],
      encrypted_content: CLAUDE_SIGNATURE,
    };
    const messages = messagesOf(reasoning, call('1'), output('1'));

    expect(kindsOf(messages)).toEqual([
      ['assistant', 'reasoning', 'tool-call'],
      ['user', 'tool-result'],
    ]);
    expect(messages[0]?.content[0]).toMatchObject({
      text: 'T',
      signature: { family: 'anthropic', value: CLAUDE_SIGNATURE },
    });
  });

  it('row 91: reasoning that OpenAI encrypted is known as OpenAI’s', () => {
    const [first] = messagesOf({ type: 'reasoning', summary: [], encrypted_content: 'gAAAAABo' });

    expect(first?.content[0]).toMatchObject({ signature: { family: 'openai', value: 'gAAAAABo' } });
  });

  it('row 92: sealed thinking is unsealed; an empty seal is none', () => {
    const sealed = (data: string) => ({
      type: 'reasoning',
      summary: [],
      encrypted_content: `claude-redacted-thinking:${data}`,
    });

    expect(messagesOf(sealed('DATA'))[0]?.content[0]).toMatchObject({ redacted: 'DATA' });
    expect(messagesOf(sealed(''))[0]?.content[0]).not.toHaveProperty('redacted');
  });

  it('row 93: a wordless message between calls does not break the turn', () => {
    expect(kindsOf(messagesOf(call('1'), said('assistant', ''), call('2')))).toEqual([
      ['assistant', 'tool-call', 'text', 'tool-call'],
    ]);
  });
});

describe('Chat and Anthropic ⇒ Responses, this half', () => {
  it('row 86: reasoning grows by "delta", and the created response has an empty output', () => {
    const written = writeStream(...block(0, { type: 'reasoning' }, 'hm'), ended('stop'));

    expect(written[0]).toMatchObject({ type: 'response.created', response: { output: [] } });
    expect(written.find(({ type }) => type === 'response.reasoning_summary_text.delta')).toMatchObject({ delta: 'hm' });
  });

  it('row 89: the text of a done item is its own', () => {
    const written = writeStream(
      ...block(0, { type: 'text' }, 'one'),
      ...block(1, { type: 'tool-call', id: 'c', name: 'f' }),
      ...block(2, { type: 'text' }, 'two'),
      ended('tool-calls'),
    );

    expect(written.filter(({ type }) => type === 'response.output_text.done').map(({ text }) => text)).toEqual([
      'one',
      'two',
    ]);
  });

  it('rows 94 to 97: hidden tools leave no gap, calls are whole, the model is the one asked for', () => {
    const written = writeStream(
      ...block(0, { type: 'text' }, 'a'),
      ...block(1, { type: 'server-tool', id: 's', tool: 'web_search' }, '{"query":"x"}'),
      ...block(2, { type: 'text' }, 'b'),
      ...block(3, { type: 'tool-call', id: 'c', name: 'f' }),
      ended('tool-calls'),
    );

    expect(written[0]).toMatchObject({ response: { model: 'asked-for' } });
    expect(written.filter(({ type }) => type === 'response.output_item.done')).toMatchObject([
      { output_index: 0, item: { type: 'message' } },
      { output_index: 1, item: { type: 'function_call', name: 'f', arguments: '{}' } },
    ]);
    expect(lastOf(written)['output']).toMatchObject([{ content: [{ text: 'a' }, { text: 'b' }] }, { arguments: '{}' }]);
  });
});

describe('Anthropic → Responses, this half', () => {
  it('row 98: a long id is the same short one in call and result', () => {
    const id = 'toolu_'.padEnd(80, 'x');
    const { input } = encode({
      messages: [
        { role: 'assistant', content: [{ type: 'tool-call', id, name: 'f', argumentsJson: '{}' }] },
        { role: 'user', content: [{ type: 'tool-result', callId: id, content: [] }] },
      ],
    });
    const [first, second] = input as readonly JsonObject[]; // a list of items

    expect(String(first?.['call_id'])).toHaveLength(64);
    expect(second?.['call_id']).toBe(first?.['call_id']);
  });

  it('row 99: the system prompt becomes the instructions', () => {
    const texts: readonly ContentBlock[] = [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ];

    expect(encode({ messages: [{ role: 'system', content: texts }] })['instructions']).toBe('a\n\nb');
  });

  it.each([
    [{ mode: 'auto' as const, parallel: false }, false],
    [{ mode: 'auto' as const, parallel: true }, true],
    [{ mode: 'auto' as const }, undefined],
  ])('row 100: parallel calls of %j are %s', (toolChoice, expected) => {
    const tools = [{ kind: 'function' as const, name: 'f', parameters: {} }];

    expect(encode({ tools, toolChoice })['parallel_tool_calls']).toBe(expected);
  });

  it('row 126: a PDF file is an input_file with a name', () => {
    const document: ContentBlock = {
      type: 'document',
      title: 'a.pdf',
      mediaType: 'application/pdf',
      source: { kind: 'base64', value: 'JVBERi0=' },
    };

    expect(encode({ messages: [{ role: 'user', content: [document] }] })['input']).toMatchObject([
      { content: [{ type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' }] },
    ]);
  });
});

describe('Responses ⇒ Chat and Anthropic, this half', () => {
  const item = { id: 'rs_1', type: 'reasoning', summary: [] };
  const summary = (index: number, delta: string) => ({
    type: 'response.reasoning_summary_text.delta',
    item_id: 'rs_1',
    output_index: 0,
    summary_index: index,
    delta,
  });

  it('rows 101 and 102: one block for all parts of a summary, and the signature of the whole item', () => {
    const events = readStream(
      { type: 'response.output_item.added', output_index: 0, item: { ...item, encrypted_content: 'gAAAAABearly' } },
      summary(0, 'one'),
      summary(1, 'two'),
      { type: 'response.output_item.done', output_index: 0, item: { ...item, encrypted_content: 'gAAAAABlate' } },
      COMPLETED,
    );

    expect(events.filter(({ type }) => type === 'block-start')).toHaveLength(1);
    expect(events.flatMap((event) => (event.type === 'block-delta' ? [event.delta] : [])).join('')).toBe('one\n\ntwo');
    expect(events.flatMap((event) => (event.type === 'block-mark' ? [event.signature?.value] : []))).toEqual([
      'gAAAAABlate',
    ]);
  });

  it('row 104: an empty output at the end takes nothing away from the items that were streamed', () => {
    const message = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'kept' }] };
    const events = readStream({ type: 'response.output_item.done', output_index: 0, item: message }, COMPLETED);

    expect(events.flatMap((event) => (event.type === 'block-delta' ? [event.delta] : []))).toEqual(['kept']);
  });

  it('row 106 and example 13.5: a policy’s refusal is a wrong request, told once', () => {
    const events = readStream(
      { type: 'error', error: { type: 'invalid_request', code: 'cyber_policy', message: 'M' } },
      { type: 'response.failed', response: { status: 'failed', error: { code: 'cyber_policy', message: 'M' } } },
    );

    expect(events.filter(({ type }) => type === 'response-error')).toMatchObject([
      { error: { kind: 'upstream_invalid_request', message: 'M', upstream: { status: 400 } } },
    ]);
  });

  it.each([
    [{ cache_write_tokens: 0 }, 0],
    [{}, undefined],
  ])('row 109: cache writes of %j are %s', (details, expected) => {
    const usage = { input_tokens: 3, input_tokens_details: { cached_tokens: 1, ...details }, output_tokens: 1 };
    const events = readStream({ type: 'response.completed', response: { status: 'completed', output: [], usage } });
    const told = events.flatMap((event) => (event.type === 'usage' ? [event.usage] : []));

    expect(told).toMatchObject([{ input: 3, cacheRead: 1 }]);
    expect(told[0]?.cacheWrite5m).toBe(expected);
  });

  it('row 127: arguments are told once, whether deltas or their end brings them', () => {
    const added = { type: 'function_call', id: 'fc_1', call_id: 'c', name: 'f', arguments: '' };
    const place = { item_id: 'fc_1', output_index: 0 };
    const argumentsOf = (...deltas: readonly string[]): string =>
      readStream(
        { type: 'response.output_item.added', output_index: 0, item: added },
        ...deltas.map((delta) => ({ type: 'response.function_call_arguments.delta', ...place, delta })),
        { type: 'response.function_call_arguments.done', ...place, arguments: '{"a":1}' },
        { type: 'response.output_item.done', output_index: 0, item: { ...added, arguments: '{"a":1}' } },
        COMPLETED,
      )
        .flatMap((event) => (event.type === 'block-delta' ? [event.delta] : []))
        .join('');

    expect(argumentsOf('{"a"', ':1}')).toBe('{"a":1}');
    expect(argumentsOf()).toBe('{"a":1}');
  });
});

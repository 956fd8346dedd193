import { readFileSync } from 'node:fs';
import { assertWellFormed, type CanonicalEvent, type CanonicalRequest, type JsonObject } from '@sluice/core';
import { accumulateResponse, MAX_PENDING_ARGUMENT_CHARS, type TranslationContext } from '@sluice/translator-kit';
import { SseParser } from '@sluice/streaming';
import { ResponsesStreamDecoder } from './stream-decoder.js';

const REQUEST: CanonicalRequest = { model: 'm', stream: true, messages: [], tools: [], sampling: {} };
const CONTEXT: TranslationContext = {
  requestId: 'r-1',
  createdAtSeconds: 1,
  requestedModel: 'asked-for',
  upstreamModel: 'vendor-model',
  dialect: {},
};

type Event = JsonObject & { readonly type: string };

function read(events: readonly Event[], request = REQUEST): readonly CanonicalEvent[] {
  const decoder = new ResponsesStreamDecoder(CONTEXT, request);
  const seen: CanonicalEvent[] = [];
  for (const event of events) {
    decoder.push({ kind: 'sse', event: event.type, data: JSON.stringify(event) }, (item) => seen.push(item));
  }
  decoder.finish((item) => seen.push(item));
  assertWellFormed(seen);
  return seen;
}

function readFixture(name: string): readonly CanonicalEvent[] {
  const decoder = new ResponsesStreamDecoder(CONTEXT, REQUEST);
  const seen: CanonicalEvent[] = [];
  const bytes = readFileSync(new URL(`./__fixtures__/streams/${name}`, import.meta.url));
  new SseParser().push(bytes, (frame) => decoder.push(frame, (item) => seen.push(item)));
  decoder.finish((item) => seen.push(item));
  assertWellFormed(seen);
  return seen;
}

const CREATED: Event = { type: 'response.created', response: { id: 'resp_1', model: 'gpt-5', status: 'in_progress' } };
const completed = (output: readonly JsonObject[] = []): Event => ({
  type: 'response.completed',
  response: { id: 'resp_1', model: 'gpt-5', status: 'completed', output },
});
const added = (index: number, item: JsonObject): Event => ({
  type: 'response.output_item.added',
  output_index: index,
  item,
});
const done = (index: number, item: JsonObject): Event => ({
  type: 'response.output_item.done',
  output_index: index,
  item,
});
const textDelta = (index: number, delta: string, contentIndex = 0): Event => ({
  type: 'response.output_text.delta',
  item_id: 'msg_1',
  output_index: index,
  content_index: contentIndex,
  delta,
});
const argumentsDelta = (members: JsonObject): Event => ({ type: 'response.function_call_arguments.delta', ...members });
const message = (text: string): JsonObject => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text, annotations: [] }],
});
const call = (id: string, members: JsonObject = {}): JsonObject => ({
  id: `fc_${id}`,
  type: 'function_call',
  call_id: `call_${id}`,
  name: 'f',
  arguments: '',
  ...members,
});

const blocksOf = (events: readonly CanonicalEvent[]): readonly unknown[] =>
  accumulateResponse(events).content.map((block) => {
    if (block.type === 'tool-call') return [block.type, block.id, block.name, block.argumentsJson];
    return 'text' in block ? [block.type, block.text] : [block.type];
  });
const endOf = (events: readonly CanonicalEvent[]): string | undefined => {
  const last = events.at(-1);
  if (last?.type === 'response-error') return last.error.kind;
  return last?.type === 'response-end' ? last.finishReason.unified : undefined;
};

describe('ResponsesStreamDecoder', () => {
  it('reads a whole turn of an agent', () => {
    const response = accumulateResponse(readFixture('agent-turn.sse'));

    expect(response).toMatchObject({
      id: 'resp_s1',
      model: 'gpt-5.1',
      finishReason: { unified: 'tool-calls', raw: 'completed' },
      usage: { input: 30, output: 20, cacheRead: 10, reasoning: 12 },
      content: [
        {
          type: 'reasoning',
          text: 'First.\n\nSecond.',
          signature: { family: 'openai', value: 'gAAAAABoISN0dGhpcyBpcyBhIG1hZGUtdXAgdG9rZW4=', model: 'gpt-5.1' },
        },
        { type: 'text', text: 'Hei på', citations: [{ type: 'url_citation', url: 'https://a.example' }] },
        { type: 'tool-call', id: 'call_1', name: 'get_weather', argumentsJson: '{"city":"Oslo"}' },
        { type: 'tool-call', id: 'call_2', name: 'no_args', argumentsJson: '{}' },
        { type: 'tool-call', id: 'call_3', name: 'apply_patch', argumentsJson: '{"input":"a \\"b\\"\\nü"}' },
      ],
    });
  });

  it('signs reasoning with the proof of the whole item, never with the one of its beginning', () => {
    const marks = readFixture('agent-turn.sse').filter((event) => event.type === 'block-mark' && event.signature);

    expect(marks).toHaveLength(1);
  });

  it('reads items that came without deltas, and without event lines', () => {
    expect(blocksOf(readFixture('whole-items.sse'))).toEqual([
      ['text', 'Whole.'],
      ['tool-call', 'call_1', 'get_weather', '{"city":"Oslo"}'],
    ]);
  });

  it('reads a response that only its end tells of', () => {
    expect(blocksOf(read([CREATED, completed([message('late'), call('a', { arguments: '{}' })])]))).toEqual([
      ['text', 'late'],
      ['tool-call', 'call_a', 'f', '{}'],
    ]);
  });

  it('reads an item that only the end tells of, behind those that were streamed', () => {
    const events = read([
      CREATED,
      added(0, message('')),
      textDelta(0, 'Look.'),
      done(0, message('Look.')),
      completed([message('Look.'), call('a', { arguments: '{}' })]),
    ]);

    expect(blocksOf(events)).toEqual([
      ['text', 'Look.'],
      ['tool-call', 'call_a', 'f', '{}'],
    ]);
    expect(endOf(events)).toBe('tool-calls');
  });

  it('reads an item once that stands elsewhere at the end', () => {
    const events = read([CREATED, added(1, message('')), textDelta(1, 'Hi'), completed([message('Hi')])]);

    expect(blocksOf(events)).toEqual([['text', 'Hi']]);
  });

  it('reads words of items that nothing announced', () => {
    const thought = { type: 'response.reasoning_text.delta', item_id: 'rs_1', output_index: 0, content_index: 0 };
    const events = read([CREATED, { ...thought, delta: 'Hm' }, textDelta(1, 'H'), textDelta(1, 'i'), completed()]);

    expect(blocksOf(events)).toEqual([
      ['reasoning', 'Hm'],
      ['text', 'Hi'],
    ]);
  });

  it.each([
    ['there', 'Hi there'],
    ['Hi there', 'Hi there'],
  ])('says the words that a part was announced with once, before %j', (delta, text) => {
    const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
    const part = { type: 'output_text', text: 'Hi ', annotations: [] };
    const events = read([
      CREATED,
      added(0, message('')),
      { type: 'response.content_part.added', ...place, part },
      textDelta(0, delta),
      textDelta(0, '.'),
      completed(),
    ]);

    expect(blocksOf(events)).toEqual([['text', `${text}.`]]);
  });

  it('says the words that a part was announced with where no others follow', () => {
    const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
    const part = { type: 'output_text', text: 'Hi', annotations: [] };
    const events = read([
      CREATED,
      added(0, message('')),
      { type: 'response.content_part.added', ...place, part },
      completed(),
    ]);

    expect(blocksOf(events)).toEqual([['text', 'Hi']]);
  });

  it('reads a message whose content is a text, and an end by its older name', () => {
    const item = { ...message(''), content: 'Hi' };
    const events = read([CREATED, done(0, item), { ...completed(), type: 'response.done' }]);

    expect(blocksOf(events)).toEqual([['text', 'Hi']]);
    expect(endOf(events)).toBe('stop');
  });

  it('reads a part of a summary that only its end tells of', () => {
    const part = { type: 'summary_text', text: 'Plan.' };
    const place = { item_id: 'rs_1', output_index: 0, summary_index: 0 };
    const events = read([
      CREATED,
      added(0, { id: 'rs_1', type: 'reasoning', summary: [] }),
      { type: 'response.reasoning_summary_part.done', ...place, part },
      completed(),
    ]);

    expect(blocksOf(events)).toEqual([['reasoning', 'Plan.']]);
  });

  it('reads every text once, whether deltas, done or the item bring it', () => {
    const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
    const events = read([
      CREATED,
      added(0, { ...message(''), content: [] }),
      textDelta(0, 'one'),
      { type: 'response.output_text.done', ...place, text: 'one' },
      { type: 'response.content_part.done', ...place, part: { type: 'output_text', text: 'one' } },
      done(0, message('one')),
      completed([message('one')]),
    ]);

    expect(blocksOf(events)).toEqual([['text', 'one']]);
  });

  it('tells a refusal from text', () => {
    const events = readFixture('server-tool-and-refusal.sse');

    expect(blocksOf(events)).toEqual([['server-tool'], ['refusal', 'I cannot.']]);
    expect(endOf(events)).toBe('refusal');
  });

  it('passes events of the vendor’s tools on as they are', () => {
    const passed = readFixture('server-tool-and-refusal.sse').flatMap((event) =>
      event.type === 'opaque' && event.frame.kind === 'sse' ? [event.frame.event] : [],
    );

    expect(passed).toEqual([
      'response.web_search_call.in_progress',
      'response.web_search_call.searching',
      'response.web_search_call.completed',
    ]);
  });

  it('never takes a tool of the vendor for a call', () => {
    const shell = {
      id: 'sh_1',
      type: 'local_shell_call',
      call_id: 'call_1',
      action: { type: 'exec', command: ['ls'] },
    };
    const events = read([CREATED, added(0, shell), done(0, shell), completed()]);

    expect(endOf(events)).toBe('stop');
    expect(accumulateResponse(events).content).toMatchObject([
      { type: 'server-tool', id: 'sh_1', tool: 'local_shell', raw: { format: 'openai-responses', value: shell } },
    ]);
  });

  describe('calls', () => {
    it('that overlap keep their arguments apart', () => {
      const events = read([
        CREATED,
        added(0, call('a')),
        added(1, call('b', { name: 'g' })),
        argumentsDelta({ item_id: 'fc_b', output_index: 1, delta: '{"b":' }),
        argumentsDelta({ item_id: 'fc_a', output_index: 0, delta: '{"a":1}' }),
        argumentsDelta({ item_id: 'fc_b', output_index: 1, delta: '2}' }),
        done(1, call('b', { name: 'g', arguments: '{"b":2}' })),
        done(0, call('a', { arguments: '{"a":1}' })),
        completed(),
      ]);

      expect(blocksOf(events)).toEqual([
        ['tool-call', 'call_a', 'f', '{"a":1}'],
        ['tool-call', 'call_b', 'g', '{"b":2}'],
      ]);
    });

    it.each([
      ['only by its item’s id', { item_id: 'fc_a', delta: '{}' }],
      ['by an id that nobody knows', { item_id: 'fc_x', delta: '{}' }],
    ])('get arguments that are named %s', (_, members) => {
      const events = read([CREATED, added(0, call('a')), argumentsDelta(members), done(0, call('a')), completed()]);

      expect(blocksOf(events)).toEqual([['tool-call', 'call_a', 'f', '{}']]);
    });

    it('begin when their name is known', () => {
      const events = read([
        CREATED,
        added(0, call('a', { name: '' })),
        argumentsDelta({ output_index: 0, item_id: 'fc_a', delta: '{"x":' }),
        argumentsDelta({ output_index: 0, item_id: 'fc_a', delta: '1}' }),
        done(0, call('a', { name: 'late', arguments: '{"x":1}' })),
        completed(),
      ]);

      expect(blocksOf(events)).toEqual([['tool-call', 'call_a', 'late', '{"x":1}']]);
    });

    it('without a name are none, and do not end the answer with calls', () => {
      const events = read([CREATED, added(0, call('a', { name: '' })), completed()]);

      expect(blocksOf(events)).toEqual([]);
      expect(endOf(events)).toBe('stop');
    });

    it('have ids that differ, also when the vendor repeats one or gives none', () => {
      const repeated = call('a', { arguments: '{}' });
      const nameless = { type: 'function_call', name: 'f', arguments: '{}' };
      const events = read([CREATED, done(0, repeated), done(1, repeated), done(2, nameless), completed()]);
      const ids = accumulateResponse(events).content.flatMap((block) => (block.type === 'tool-call' ? [block.id] : []));

      expect(ids.slice(0, 2)).toEqual(['call_a', 'call_a_2']);
      expect(ids[2]).toMatch(/^call_[0-9a-f]{24}$/);
    });

    it('have the names that the client gave its tools', () => {
      const name = 'mcp.read file';
      const tools = [{ kind: 'function' as const, name, parameters: {} }];
      const item = call('a', { name: 'mcp_read_file', arguments: '{}' });

      expect(blocksOf(read([CREATED, done(0, item), completed()], { ...REQUEST, tools }))).toEqual([
        ['tool-call', 'call_a', name, '{}'],
      ]);
    });

    it('of namespaces have qualified names', () => {
      const item = call('a', { namespace: 'crm', arguments: '{}' });

      expect(blocksOf(read([CREATED, done(0, item), completed()]))).toEqual([['tool-call', 'call_a', 'crm__f', '{}']]);
    });

    it('wait for their name only as long as can be held', () => {
      const piece = 'x'.repeat(MAX_PENDING_ARGUMENT_CHARS / 2 + 1);
      const grow = argumentsDelta({ output_index: 0, item_id: 'fc_a', delta: piece });

      expect(endOf(read([CREATED, added(0, call('a', { name: '' })), grow, grow]))).toBe('upstream_invalid_response');
    });
  });

  describe('reasoning', () => {
    const item = { id: 'rs_1', type: 'reasoning', summary: [] };

    it('in the open is read where there is no summary', () => {
      const delta = { item_id: 'rs_1', output_index: 0, content_index: 0 };
      const events = read([
        CREATED,
        added(0, item),
        { type: 'response.reasoning_text.delta', ...delta, delta: 'hm' },
        done(0, { ...item, content: [{ type: 'reasoning_text', text: 'hm' }] }),
        completed(),
      ]);

      expect(blocksOf(events)).toEqual([['reasoning', 'hm']]);
    });

    it('that is only a proof is a block without text', () => {
      const events = read([CREATED, added(0, item), done(0, { ...item, encrypted_content: 'gAAAAABx' }), completed()]);

      expect(accumulateResponse(events).content).toMatchObject([
        { type: 'reasoning', text: '', signature: { family: 'openai', value: 'gAAAAABx' } },
      ]);
    });
  });

  describe('the end', () => {
    it.each([
      ['length.sse', 'length'],
      ['flat-error.sse', 'upstream_rate_limited'],
    ])('of %s is %s', (name, end) => {
      expect(endOf(readFixture(name))).toBe(end);
    });

    it.each<[string, Event, string]>([
      [
        'a filter',
        {
          type: 'response.incomplete',
          response: { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
        },
        'content-filter',
      ],
      [
        'a failure',
        { type: 'response.failed', response: { status: 'failed', error: { code: 'server_error', message: 'm' } } },
        'upstream_error',
      ],
      [
        'a nested error',
        { type: 'error', error: { code: 'server_is_overloaded', message: 'm' } },
        'upstream_overloaded',
      ],
      ['a cancelled response', { type: 'response.cancelled', response: { status: 'cancelled' } }, 'upstream_error'],
    ])('is told: %s', (_, event, end) => {
      expect(endOf(read([CREATED, event]))).toBe(end);
    });

    it('tells what a failed response consumed', () => {
      const usage = { input_tokens: 3, output_tokens: 1, total_tokens: 4 };
      const response = { status: 'failed', error: { code: 'server_error', message: 'm' }, usage };

      expect(read([CREATED, { type: 'response.failed', response }])).toContainEqual(
        expect.objectContaining({ type: 'usage', usage: expect.objectContaining({ input: 3, output: 1 }) }),
      );
    });

    it.each([
      ['text', [CREATED, added(0, message('')), textDelta(0, 'half')]],
      ['a whole item', [CREATED, done(0, message('whole'))]],
      ['nothing', []],
    ])('is missing after %s: that is a failure, never a stop', (_, events) => {
      expect(endOf(read(events))).toBe('upstream_truncated');
    });

    it('comes once: whatever follows is ignored', () => {
      expect(endOf(read([CREATED, completed(), textDelta(0, 'late'), completed()]))).toBe('stop');
    });

    it('is a failure for an event that is no JSON', () => {
      const decoder = new ResponsesStreamDecoder(CONTEXT, REQUEST);
      const seen: CanonicalEvent[] = [];
      decoder.push({ kind: 'sse', data: '{"type":' }, (event) => seen.push(event));

      expect(endOf(seen)).toBe('upstream_invalid_response');
    });
  });
});

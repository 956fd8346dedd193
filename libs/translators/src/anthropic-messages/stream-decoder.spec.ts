import {
  assertWellFormed,
  type CanonicalEvent,
  type CanonicalRequest,
  type JsonObject,
  type WireFrame,
} from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { AnthropicStreamDecoder } from './stream-decoder.js';

const context: TranslationContext = {
  requestId: 'req-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel: 'client-name',
  upstreamModel: 'claude-3-5-haiku-20241022',
  dialect: {},
};
const request: CanonicalRequest = { model: 'm', stream: true, messages: [], tools: [], sampling: {} };

const frame = (event: JsonObject): WireFrame => ({
  kind: 'sse',
  event: String(event['type']),
  data: JSON.stringify(event),
});

const START = {
  type: 'message_start',
  message: { id: 'msg_1', model: 'claude', content: [], usage: { input_tokens: 10, output_tokens: 1 } },
};
const STOP = { type: 'message_stop' };
const start = (index: number, content_block: JsonObject) => ({ type: 'content_block_start', index, content_block });
const delta = (index: number, members: JsonObject) => ({ type: 'content_block_delta', index, delta: members });
const stop = (index: number) => ({ type: 'content_block_stop', index });
const end = (stop_reason: string | null, usage: JsonObject = {}, more: JsonObject = {}) => ({
  type: 'message_delta',
  delta: { stop_reason, stop_sequence: null },
  usage,
  ...more,
});

/** What is emitted for these events and the end of the input; always well-formed. */
function decode(events: readonly JsonObject[], asked: CanonicalRequest = request): readonly CanonicalEvent[] {
  const decoder = new AnthropicStreamDecoder(context, asked);
  const decoded: CanonicalEvent[] = [];
  for (const event of events) decoder.push(frame(event), (item) => decoded.push(item));
  decoder.finish((item) => decoded.push(item));
  assertWellFormed(decoded);
  return decoded;
}

/** The events between what is said of usage at the start and at the end. */
const inside = (...events: JsonObject[]) => decode([START, ...events, end('end_turn'), STOP]).slice(2, -2);
const ofType = <Type extends CanonicalEvent['type']>(events: readonly CanonicalEvent[], type: Type) =>
  events.filter((event): event is Extract<CanonicalEvent, { type: Type }> => event.type === type);

describe('AnthropicStreamDecoder', () => {
  it('decodes a text', () => {
    expect(
      decode([
        START,
        start(0, { type: 'text', text: '' }),
        delta(0, { type: 'text_delta', text: 'hi' }),
        stop(0),
        end('end_turn', { output_tokens: 7 }),
        STOP,
      ]),
    ).toEqual([
      { type: 'response-start', id: 'msg_1', model: 'claude' },
      {
        type: 'usage',
        usage: { input: 10, output: 1, source: 'upstream', raw: { input_tokens: 10, output_tokens: 1 } },
      },
      { type: 'block-start', index: 0, block: { type: 'text' } },
      { type: 'block-delta', index: 0, delta: 'hi' },
      { type: 'block-end', index: 0 },
      {
        type: 'usage',
        usage: { input: 10, output: 7, source: 'upstream', raw: { input_tokens: 10, output_tokens: 7 } },
      },
      { type: 'response-end', finishReason: { unified: 'stop', raw: 'end_turn' } },
    ]);
  });

  it('decodes thinking with its proof, and what is sealed', () => {
    expect(
      inside(
        start(0, { type: 'thinking', thinking: '', signature: '' }),
        delta(0, { type: 'thinking_delta', thinking: 'hm' }),
        delta(0, { type: 'signature_delta', signature: 'proof' }),
        stop(0),
        start(1, { type: 'redacted_thinking', data: 'sealed' }),
        stop(1),
      ),
    ).toEqual([
      { type: 'block-start', index: 0, block: { type: 'reasoning' } },
      { type: 'block-delta', index: 0, delta: 'hm' },
      { type: 'block-mark', index: 0, signature: { family: 'anthropic', value: 'proof', model: 'claude' } },
      { type: 'block-end', index: 0 },
      { type: 'block-start', index: 1, block: { type: 'reasoning' } },
      { type: 'block-mark', index: 1, redacted: 'sealed' },
      { type: 'block-end', index: 1 },
    ]);
  });

  it('decodes citations', () => {
    const citation = { type: 'char_location', cited_text: 'x' };

    expect(
      inside(
        start(0, { type: 'text', text: '', citations: [] }),
        delta(0, { type: 'citations_delta', citation }),
        stop(0),
      ),
    ).toEqual([
      {
        type: 'block-start',
        index: 0,
        block: { type: 'text' },
        extensions: { 'anthropic-messages': { citations: [] } },
      },
      { type: 'block-mark', index: 0, citation },
      { type: 'block-end', index: 0 },
    ]);
  });

  it('decodes the vendor’s own tools: a call whose input grows and a result that arrives whole', () => {
    const useBlock = { type: 'server_tool_use', id: 's', name: 'web_search' };
    const resultBlock = { type: 'web_search_tool_result', tool_use_id: 's', content: [{ type: 'web_search_result' }] };

    expect(
      inside(
        start(0, { ...useBlock, input: {} }),
        delta(0, { type: 'input_json_delta', partial_json: '{"q":1}' }),
        stop(0),
        start(1, resultBlock),
        stop(1),
      ),
    ).toEqual([
      {
        type: 'block-start',
        index: 0,
        block: { type: 'server-tool', id: 's', tool: 'web_search' },
        extensions: { 'anthropic-messages': useBlock },
      },
      { type: 'block-delta', index: 0, delta: '{"q":1}' },
      { type: 'block-end', index: 0 },
      {
        type: 'block-start',
        index: 1,
        block: { type: 'server-tool', id: 's', tool: 'web_search' },
        extensions: { 'anthropic-messages': resultBlock },
      },
      { type: 'block-end', index: 1 },
    ]);
  });

  it('row 18: joins what message_start and message_delta say of usage', () => {
    const usages = ofType(decode([START, end('end_turn', { output_tokens: 9 }), STOP]), 'usage');

    expect(usages.at(-1)?.usage).toMatchObject({ input: 10, output: 9 });
  });

  it('row 18: lets message_delta replace what message_start said', () => {
    const usages = ofType(
      decode([START, end('end_turn', { input_tokens: 15_665, cache_read_input_tokens: null, output_tokens: 9 }), STOP]),
      'usage',
    );

    expect(usages.at(-1)?.usage).toMatchObject({ input: 15_665, output: 9 });
  });

  it('row 21: numbers blocks as the vendor does, texts and calls alike', () => {
    const starts = ofType(
      inside(
        start(0, { type: 'text', text: '' }),
        stop(0),
        start(1, { type: 'tool_use', id: 't', name: 'f', input: {} }),
        stop(1),
      ),
      'block-start',
    );

    expect(starts.map(({ index, block }) => [index, block.type])).toEqual([
      [0, 'text'],
      [1, 'tool-call'],
    ]);
  });

  it('row 22: tells one finish when the vendor tells two', () => {
    const events = decode([START, end('max_tokens'), end('end_turn', { output_tokens: 5 }), STOP]);

    expect(ofType(events, 'response-end').map(({ finishReason }) => finishReason.raw)).toEqual(['max_tokens']);
    expect(ofType(events, 'usage').at(-1)?.usage.output).toBe(5);
  });

  it('reads why the model refused behind what it had said', () => {
    const stop_details = { type: 'refusal', category: 'cyber', explanation: 'no' };
    const ending = { type: 'message_delta', delta: { stop_reason: 'refusal', stop_sequence: null, stop_details } };

    expect(decode([START, start(0, { type: 'text', text: 'a' }), stop(0), ending, STOP]).slice(-4)).toMatchObject([
      { type: 'block-start', index: 1, block: { type: 'refusal' } },
      { type: 'block-delta', index: 1, delta: 'no' },
      { type: 'block-end', index: 1 },
      {
        type: 'response-end',
        finishReason: { unified: 'refusal' },
        extensions: { 'anthropic-messages': { stop_details } },
      },
    ]);
  });

  it('gives every call an id of its own, also when the vendor gave none', () => {
    const use = (index: number, id: string) => start(index, { type: 'tool_use', id, name: 'f', input: {} });
    const blocks = ['t', 't', ''].flatMap((id, index) => [use(index, id), stop(index)]);

    const ids = ofType(inside(...blocks), 'block-start').map(({ block }) => 'id' in block && block.id);

    expect(ids).toEqual(['t', 't_2', expect.stringMatching(/^toolu_[0-9a-f]{24}$/)]);
  });

  it('row 23: says nothing of arguments that never come', () => {
    expect(inside(start(0, { type: 'tool_use', id: 't', name: 'f', input: {} }), stop(0))).toEqual([
      { type: 'block-start', index: 0, block: { type: 'tool-call', id: 't', name: 'f' } },
      { type: 'block-end', index: 0 },
    ]);
  });

  it.each([
    ['once', [], '{"a":1}'],
    ['as deltas that replace it', [delta(0, { type: 'input_json_delta', partial_json: '{"b":2}' })], '{"b":2}'],
  ])('takes arguments that come with the start %s', (_, deltas, expected) => {
    const events = inside(start(0, { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } }), ...deltas, stop(0));

    expect(ofType(events, 'block-delta').map(({ delta: text }) => text)).toEqual([expected]);
  });

  it('names calls as the client named its tools', () => {
    const tools = [{ kind: 'function', name: 'mcp.read file', parameters: {} } as const];

    const events = decode([START, start(0, { type: 'tool_use', id: 't', name: 'MCP_read_file', input: {} }), STOP], {
      ...request,
      tools,
    });

    expect(ofType(events, 'block-start')).toMatchObject([{ block: { name: 'mcp.read file' } }]);
  });

  it('unwraps the answer that was asked for as a tool call', () => {
    const asked = { ...request, responseFormat: { type: 'json-schema', schema: { type: 'object' } } } as const;

    const events = decode(
      [
        START,
        start(0, { type: 'tool_use', id: 't', name: 'sluice_json_answer', input: {} }),
        delta(0, { type: 'input_json_delta', partial_json: '{"a":1}' }),
        stop(0),
        end('tool_use'),
        STOP,
      ],
      asked,
    );

    expect(events.slice(2)).toMatchObject([
      { type: 'block-start', block: { type: 'text' } },
      { type: 'block-delta', delta: '{"a":1}' },
      { type: 'block-end' },
      { type: 'usage' },
      { type: 'response-end', finishReason: { unified: 'stop' } },
    ]);
  });

  describe('what it does not know', () => {
    const opaque = (event: JsonObject) => ({ type: 'opaque', format: 'anthropic-messages', frame: frame(event) });

    it('travels as it is: events, blocks with all their events, and deltas', () => {
      const unknown = [
        { type: 'yet_to_be_invented', x: 1 },
        start(0, { type: 'compaction', content: '' }),
        delta(0, { type: 'compaction_delta', content: 'x' }),
        stop(0),
      ];
      const estimate = delta(1, { type: 'thinking_delta', thinking: '', estimated_tokens: 50 });

      expect(inside(...unknown, start(1, { type: 'thinking', thinking: '' }), estimate, stop(1))).toEqual([
        ...unknown.map(opaque),
        { type: 'block-start', index: 1, block: { type: 'reasoning' } },
        opaque(estimate),
        { type: 'block-end', index: 1 },
      ]);
    });

    it('is kept where the answer begins and ends', () => {
      const usage = { input_tokens: 1, output_tokens: 1, service_tier: 'standard' };
      const events = decode([
        { type: 'message_start', message: { ...START.message, usage, container: { id: 'c' } } },
        end(
          'brand_new',
          { server_tool_use: { web_search_requests: 1 } },
          { context_management: { applied_edits: [] } },
        ),
        STOP,
      ]);

      expect(events[0]).toMatchObject({
        extensions: { 'anthropic-messages': { usage: { service_tier: 'standard' }, container: { id: 'c' } } },
      });
      expect(events.at(-1)).toEqual({
        type: 'response-end',
        finishReason: { unified: 'other', raw: 'brand_new' },
        extensions: {
          'anthropic-messages': {
            stop_reason: 'brand_new',
            context_management: { applied_edits: [] },
            usage: { service_tier: 'standard', server_tool_use: { web_search_requests: 1 } },
          },
        },
      });
    });
  });

  describe('tolerates', () => {
    it('pings, another framing’s end, and everything after the end (row 113)', () => {
      const decoder = new AnthropicStreamDecoder(context, request);
      const decoded: CanonicalEvent[] = [];
      const frames: WireFrame[] = [
        { kind: 'sse', event: 'ping', data: '{"type": "ping"}' },
        { kind: 'sse', data: '{"type":"ping"}' },
        frame(START),
        { kind: 'sse', data: '[DONE]' },
        frame(STOP),
        frame(START),
        { kind: 'sse', data: 'nonsense' },
      ];

      for (const each of frames) decoder.push(each, (item) => decoded.push(item));
      decoder.finish((item) => decoded.push(item));

      expect(decoded.map(({ type }) => type)).toEqual(['response-start', 'usage', 'response-end']);
    });

    it('streams that do not begin, blocks that do not end, and blocks that share the floor', () => {
      const events = decode([
        start(0, { type: 'text', text: 'a' }),
        start(1, { type: 'text', text: '' }),
        delta(0, { type: 'text_delta', text: 'b' }),
        delta(1, { type: 'text_delta', text: 'c' }),
        stop(1),
        stop(1),
        STOP,
      ]);

      expect(events).toEqual([
        { type: 'response-start', id: expect.stringMatching(/^msg_[0-9a-f]{24}$/), model: context.upstreamModel },
        { type: 'block-start', index: 0, block: { type: 'text' } },
        { type: 'block-delta', index: 0, delta: 'a' },
        { type: 'block-start', index: 1, block: { type: 'text' } },
        { type: 'block-delta', index: 0, delta: 'b' },
        { type: 'block-delta', index: 1, delta: 'c' },
        { type: 'block-end', index: 1 },
        { type: 'block-end', index: 0 },
        { type: 'response-end', finishReason: { unified: 'other' } },
      ]);
    });
  });

  it('reads events that only their event line names', () => {
    const decoder = new AnthropicStreamDecoder(context, request);
    const decoded: CanonicalEvent[] = [];
    for (const { type, ...members } of [
      START,
      start(0, { type: 'text', text: 'Hi' }),
      stop(0),
      end('end_turn'),
      STOP,
    ]) {
      decoder.push({ kind: 'sse', event: type, data: JSON.stringify(members) }, (item) => decoded.push(item));
    }

    expect(ofType(decoded, 'block-delta')).toEqual([{ type: 'block-delta', index: 0, delta: 'Hi' }]);
    expect(decoded.at(-1)).toMatchObject({ type: 'response-end', finishReason: { unified: 'stop' } });
  });

  it('reads the text of an input that came with the beginning of its call', () => {
    const call = { type: 'tool_use', id: 'toolu_1', name: 'f', input: '{"city":"Oslo"}' };

    expect(ofType(inside(start(0, call), stop(0)), 'block-delta')).toEqual([
      { type: 'block-delta', index: 0, delta: '{"city":"Oslo"}' },
    ]);
  });

  describe('fails', () => {
    it('with the words of the platform that serves the model', () => {
      const decoder = new AnthropicStreamDecoder(context, request);
      const decoded: CanonicalEvent[] = [];
      const data = '{"error":{"code":429,"message":"Quota exceeded.","status":"RESOURCE_EXHAUSTED"}}';
      for (const sent of [frame(START), { kind: 'sse', data } as const]) {
        decoder.push(sent, (item) => decoded.push(item));
      }

      expect(decoded.at(-1)).toMatchObject({
        type: 'response-error',
        error: { kind: 'upstream_rate_limited', message: 'Quota exceeded.' },
      });
    });

    it.each<[string, JsonObject[]]>([
      ['before the beginning', []],
      ['after the beginning', [START]],
      ['in a block', [START, start(0, { type: 'text', text: '' }), delta(0, { type: 'text_delta', text: 'a' })]],
      ['after the finish', [START, end('end_turn')]],
    ])('row 114: when the stream stops %s', (_, events) => {
      expect(decode(events).at(-1)).toMatchObject({ type: 'response-error', error: { kind: 'upstream_truncated' } });
    });

    it('with the vendor’s own words', () => {
      const events = decode([
        START,
        { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
        STOP,
      ]);

      expect(events.at(-1)).toMatchObject({
        type: 'response-error',
        error: { kind: 'upstream_overloaded', message: 'Overloaded', upstream: { status: 529 } },
      });
    });

    it.each<[string, WireFrame]>([
      ['no JSON', { kind: 'sse', data: '<html>' }],
      ['a binary event', { kind: 'binary', headers: {}, payload: new Uint8Array() }],
      ['a delta of no block', frame(delta(7, { type: 'text_delta', text: 'x' }))],
      ['a block without a number', frame({ type: 'content_block_start', content_block: { type: 'text' } })],
    ])('for %s', (_, broken) => {
      const decoder = new AnthropicStreamDecoder(context, request);
      const decoded: CanonicalEvent[] = [];

      for (const each of [frame(START), broken, frame(STOP)]) decoder.push(each, (item) => decoded.push(item));

      expect(decoded.at(-1)).toMatchObject({ type: 'response-error', error: { kind: 'upstream_invalid_response' } });
    });
  });
});

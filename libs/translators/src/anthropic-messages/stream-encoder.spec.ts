import { GatewayError, type BlockStart, type CanonicalEvent, type FinishReason, type JsonObject } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { AnthropicStreamEncoder } from './stream-encoder.js';

const context: TranslationContext = {
  requestId: 'req-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel: 'client-name',
  upstreamModel: 'vendor-name',
  dialect: {},
};

const START: CanonicalEvent = { type: 'response-start', id: 'chatcmpl-1', model: 'vendor-name' };
const end = (unified: FinishReason['unified'] = 'stop'): CanonicalEvent => ({
  type: 'response-end',
  finishReason: { unified },
});
const open = (index: number, block: BlockStart): CanonicalEvent => ({ type: 'block-start', index, block });
const call = (index: number, id: string, name: string) => open(index, { type: 'tool-call', id, name });
const grow = (index: number, delta: string): CanonicalEvent => ({ type: 'block-delta', index, delta });
const close = (index: number): CanonicalEvent => ({ type: 'block-end', index });

/** The data of the frames; each is named as its data says. */
function encode(events: readonly CanonicalEvent[]): readonly JsonObject[] {
  const encoder = new AnthropicStreamEncoder(context);
  const frames: JsonObject[] = [];
  for (const event of events) {
    encoder.push(event, (frame) => {
      const data = JSON.parse(frame.data) as JsonObject; // what we wrote
      expect(frame.event).toBe(data['type']);
      frames.push(data);
    });
  }
  encoder.finish();
  return frames;
}

/** The frames between `message_start` and `message_delta`. */
const inside = (...events: CanonicalEvent[]) => encode([START, ...events, end()]).slice(1, -2);
const opened = (index: number, content_block: JsonObject) => ({ type: 'content_block_start', index, content_block });
const grown = (index: number, delta: JsonObject) => ({ type: 'content_block_delta', index, delta });
const closed = (index: number) => ({ type: 'content_block_stop', index });

describe('AnthropicStreamEncoder', () => {
  it('says the worked example of a Chat stream: reasoning, text, two interleaved calls, late usage', () => {
    const frames = encode([
      START,
      open(0, { type: 'reasoning' }),
      grow(0, 'hm'),
      close(0),
      open(1, { type: 'text' }),
      grow(1, 'Let '),
      grow(1, 'me'),
      close(1),
      call(2, 'A', 'f'),
      call(3, 'B', 'g'),
      grow(2, '{"a":'),
      grow(3, '{}'),
      grow(2, '1}'),
      close(2),
      close(3),
      { type: 'usage', usage: { input: 100, cacheRead: 60, output: 20, source: 'upstream' } },
      end('tool-calls'),
    ]);

    expect(frames).toEqual([
      {
        type: 'message_start',
        message: {
          id: 'chatcmpl-1',
          type: 'message',
          role: 'assistant',
          model: 'client-name',
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 0, output_tokens: 0 },
        },
      },
      opened(0, { type: 'thinking', thinking: '', signature: '' }),
      grown(0, { type: 'thinking_delta', thinking: 'hm' }),
      closed(0),
      opened(1, { type: 'text', text: '' }),
      grown(1, { type: 'text_delta', text: 'Let ' }),
      grown(1, { type: 'text_delta', text: 'me' }),
      closed(1),
      opened(2, { type: 'tool_use', id: 'A', name: 'f', input: {} }),
      grown(2, { type: 'input_json_delta', partial_json: '{"a":' }),
      grown(2, { type: 'input_json_delta', partial_json: '1}' }),
      closed(2),
      opened(3, { type: 'tool_use', id: 'B', name: 'g', input: {} }),
      grown(3, { type: 'input_json_delta', partial_json: '{}' }),
      closed(3),
      {
        type: 'message_delta',
        delta: { stop_reason: 'tool_use', stop_sequence: null },
        usage: { input_tokens: 40, cache_read_input_tokens: 60, output_tokens: 20 },
      },
      { type: 'message_stop' },
    ]);
  });

  it('says at the start what the input cost, when that is known', () => {
    const [first] = encode([START, { type: 'usage', usage: { input: 12, output: 1, source: 'upstream' } }]);

    expect(first).toMatchObject({ message: { usage: { input_tokens: 12, output_tokens: 1 } } });
  });

  it('begins with the first content when nobody speaks of usage', () => {
    expect(encode([START])).toEqual([]);
    expect(encode([START, open(0, { type: 'text' })]).map(({ type }) => type)).toEqual(['message_start']);
  });

  it('rows 33, 34, 38: opens one block for a call, however often its name came', () => {
    expect(inside(call(0, 'toolu_1', 'tool_0'), grow(0, '{"a"'), grow(0, ':1}'), close(0))).toEqual([
      opened(0, { type: 'tool_use', id: 'toolu_1', name: 'tool_0', input: {} }),
      grown(0, { type: 'input_json_delta', partial_json: '{"a"' }),
      grown(0, { type: 'input_json_delta', partial_json: ':1}' }),
      closed(0),
    ]);
  });

  it('row 35: numbers blocks in the order in which they began', () => {
    const frames = inside(
      call(7, 'a', 'first'),
      call(4, 'b', 'second'),
      call(9, 'c', 'third'),
      close(9),
      close(4),
      close(7),
    );

    expect(frames.filter(({ type }) => type === 'content_block_start')).toMatchObject([
      { index: 0, content_block: { name: 'first' } },
      { index: 1, content_block: { name: 'second' } },
      { index: 2, content_block: { name: 'third' } },
    ]);
  });

  it.each<[string, CanonicalEvent]>([
    ['row 36: a late call', call(1, 'a', 'f')],
    ['row 39: late usage', { type: 'usage', usage: { input: 1, source: 'upstream' } }],
    ['another end', end()],
  ])('says nothing after the end: %s', (_, late) => {
    expect(encode([START, end(), late]).at(-1)).toEqual({ type: 'message_stop' });
  });

  it('row 37: says the end of a turn when no call became a block', () => {
    expect(encode([START, end('stop')]).at(-2)).toMatchObject({ delta: { stop_reason: 'end_turn' } });
  });

  it('row 71: signs thinking and opens no block for nothing', () => {
    expect(
      inside(
        open(0, { type: 'reasoning' }),
        grow(0, 't'),
        { type: 'block-mark', index: 0, signature: { family: 'gemini', value: 'proof' } },
        close(0),
        open(1, { type: 'text' }),
        { type: 'block-mark', index: 1, signature: { family: 'gemini', value: 'other' } },
        grow(1, ''),
        close(1),
        open(2, { type: 'text' }),
        grow(2, 'a'),
        close(2),
      ),
    ).toEqual([
      opened(0, { type: 'thinking', thinking: '', signature: '' }),
      grown(0, { type: 'thinking_delta', thinking: 't' }),
      grown(0, { type: 'signature_delta', signature: 'gemini-proof:proof' }),
      closed(0),
      opened(1, { type: 'text', text: '' }),
      grown(1, { type: 'text_delta', text: 'a' }),
      closed(1),
    ]);
  });

  it('says sealed thinking in a block of its own', () => {
    expect(
      inside(
        open(0, { type: 'reasoning' }),
        grow(0, 't'),
        { type: 'block-mark', index: 0, redacted: 'sealed' },
        close(0),
      ),
    ).toEqual([
      opened(0, { type: 'thinking', thinking: '', signature: '' }),
      grown(0, { type: 'thinking_delta', thinking: 't' }),
      closed(0),
      opened(1, { type: 'redacted_thinking', data: 'sealed' }),
      closed(1),
    ]);
  });

  it('says citations of its own shape', () => {
    const citation = { type: 'char_location', cited_text: 'x' };

    expect(
      inside(
        open(0, { type: 'text' }),
        { type: 'block-mark', index: 0, citation: { type: 'url_citation', url: 'https://a.example' } },
        { type: 'block-mark', index: 0, citation },
        close(0),
      ),
    ).toEqual([opened(0, { type: 'text', text: '' }), grown(0, { type: 'citations_delta', citation }), closed(0)]);
  });

  it('spells ids as Anthropic’s clients expect them', () => {
    expect(inside(call(0, 'call:1', 'f'), close(0), call(1, 'call.1', 'f'), close(1))).toMatchObject([
      { content_block: { id: 'call_1' } },
      {},
      { content_block: { id: 'call_1_2' } },
      {},
    ]);
  });

  it('says a refusal as text and in the stop reason', () => {
    const frames = encode([START, open(0, { type: 'refusal' }), grow(0, 'No.'), close(0), end()]);

    expect(frames.slice(1)).toMatchObject([
      { content_block: { type: 'text' } },
      { delta: { type: 'text_delta', text: 'No.' } },
      {},
      {
        delta: {
          stop_reason: 'refusal',
          stop_details: { type: 'refusal', category: null, explanation: 'No.' },
        },
      },
      {},
    ]);
  });

  it('notes what it cannot carry and leaves out other vendors’ tools', () => {
    expect(
      inside(
        open(0, { type: 'image', mediaType: 'image/png' }),
        grow(0, 'iVBORw'),
        close(0),
        open(1, { type: 'server-tool', id: 's', tool: 'search' }),
        grow(1, '{"q":1}'),
        close(1),
      ),
    ).toEqual([
      opened(0, { type: 'text', text: '' }),
      grown(0, { type: 'text_delta', text: expect.stringContaining('image') }),
      closed(0),
    ]);
  });

  describe('frames that only this format knows', () => {
    const opaque = (event: JsonObject): CanonicalEvent => ({
      type: 'opaque',
      format: 'anthropic-messages',
      frame: { kind: 'sse', event: String(event['type']), data: JSON.stringify(event) },
    });

    it('are numbered like the blocks around them', () => {
      expect(
        inside(
          call(0, 'a', 'f'),
          close(0),
          opaque(opened(5, { type: 'compaction' })),
          opaque(grown(5, { type: 'compaction_delta', content: 'x' })),
          opaque(closed(5)),
          open(6, { type: 'text' }),
          grow(6, 'b'),
          opaque(grown(6, { type: 'new_delta' })),
          close(6),
          opaque({ type: 'yet_to_be_invented', index: 9 }),
        ).slice(2),
      ).toEqual([
        opened(1, { type: 'compaction' }),
        grown(1, { type: 'compaction_delta', content: 'x' }),
        closed(1),
        opened(2, { type: 'text', text: '' }),
        grown(2, { type: 'text_delta', text: 'b' }),
        grown(2, { type: 'new_delta' }),
        closed(2),
        { type: 'yet_to_be_invented', index: 9 },
      ]);
    });

    it('of other formats are left out', () => {
      expect(inside({ type: 'opaque', format: 'openai-chat', frame: { kind: 'sse', data: '{}' } })).toEqual([]);
    });
  });

  describe('a failure', () => {
    const failure: CanonicalEvent = {
      type: 'response-error',
      error: new GatewayError({ kind: 'upstream_truncated', message: 'It stopped.' }),
    };

    it('is the last event, without the end of the block or of the message', () => {
      expect(encode([START, call(0, 'a', 'f'), grow(0, '{'), failure, end()]).slice(-2)).toMatchObject([
        { type: 'content_block_delta' },
        { type: 'error', error: { type: 'api_error', message: 'It stopped.' }, request_id: 'req-1' },
      ]);
    });

    it('needs no beginning', () => {
      expect(encode([failure]).map(({ type }) => type)).toEqual(['error']);
    });
  });
});

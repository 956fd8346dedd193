import { assertWellFormed, type CanonicalEvent, type CanonicalRequest, type JsonObject } from '@sluice/core';
import { ChatStreamDecoder } from './stream-decoder.js';

const CONTEXT = { requestId: 'r-1', createdAtSeconds: 1, requestedModel: 'm', upstreamModel: 'up', dialect: {} };
const REQUEST: CanonicalRequest = { model: 'm', stream: true, messages: [], tools: [], sampling: {} };

interface Sent {
  readonly event?: string;
  readonly data: string;
}

function decodeFrames(frames: readonly Sent[], request = REQUEST): readonly CanonicalEvent[] {
  const decoder = new ChatStreamDecoder(CONTEXT, request);
  const events: CanonicalEvent[] = [];
  const keep = (event: CanonicalEvent): void => void events.push(event);
  for (const frame of frames) decoder.push({ kind: 'sse', ...frame }, keep);
  decoder.finish(keep);
  assertWellFormed(events);
  return events;
}

type Chunk = JsonObject | '[DONE]';
const decode = (...chunks: readonly Chunk[]): readonly CanonicalEvent[] =>
  decodeFrames(chunks.map((chunk) => ({ data: chunk === '[DONE]' ? chunk : JSON.stringify(chunk) })));
const delta = (members: JsonObject, more: JsonObject = {}): JsonObject => ({
  id: 'c-1',
  model: 'm',
  choices: [{ index: 0, delta: members, finish_reason: null, ...more }],
});
const finish = (reason: string): JsonObject => delta({}, { finish_reason: reason });
const types = (events: readonly CanonicalEvent[]): readonly string[] => events.map(({ type }) => type);
const ofType = <T extends CanonicalEvent['type']>(events: readonly CanonicalEvent[], type: T) =>
  events.filter((event): event is Extract<CanonicalEvent, { type: T }> => event.type === type);
const textOf = (events: readonly CanonicalEvent[]): string =>
  ofType(events, 'block-delta')
    .map((event) => event.delta)
    .join('');
const residues = (events: readonly CanonicalEvent[]): readonly unknown[] =>
  ofType(events, 'opaque').map(({ frame }) => (frame.kind === 'sse' ? JSON.parse(frame.data) : frame));

describe('ChatStreamDecoder', () => {
  it('begins with the first choice, with or without a role', () => {
    const early = { id: '', model: '', choices: [], prompt_filter_results: [{ prompt_index: 0 }] };

    expect(decode(early, delta({ content: 'a' }), finish('stop'), '[DONE]')[0]).toEqual({
      type: 'response-start',
      id: 'c-1',
      model: 'm',
      extensions: { 'openai-chat': { prompt_filter_results: [{ prompt_index: 0 }] } },
    });
    expect(decode({ choices: [{ delta: { content: 'a' } }] }, finish('stop'))[0]).toEqual({
      type: 'response-start',
      id: '',
      model: 'up',
    });
  });

  it.each<[string, JsonObject, string, string]>([
    ['text', { content: 'x' }, 'text', 'x'],
    ['a refusal', { refusal: 'x' }, 'refusal', 'x'],
    ['reasoning_content', { reasoning_content: 'x', content: '' }, 'reasoning', 'x'],
    ['reasoning', { reasoning: 'x' }, 'reasoning', 'x'],
    ['reasoning_text', { reasoning_text: 'x' }, 'reasoning', 'x'],
    ['both spellings of reasoning', { reasoning_content: 'x', reasoning: 'x' }, 'reasoning', 'x'],
    ['details of reasoning', { reasoning_details: [{ type: 'reasoning.text', text: 'x' }] }, 'reasoning', 'x'],
    ['a list of parts', { content: [{ type: 'text', text: 'x' }] }, 'text', 'x'],
    [
      'a part of thinking',
      { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'x' }] }] },
      'reasoning',
      'x',
    ],
    [
      'an image',
      { images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
      'image',
      'AAAA',
    ],
    ['sound', { audio: { data: 'AAAA' } }, 'audio', 'AAAA'],
    ['a legacy call', { function_call: { name: 'f', arguments: 'x' } }, 'tool-call', 'x'],
    [
      'a call with arguments that are no text',
      { tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: { x: 1 } } }] },
      'tool-call',
      '{"x":1}',
    ],
    [
      'a call that stands in no list',
      { tool_calls: { index: 0, id: 'a', function: { name: 'f', arguments: '{}' } } },
      'tool-call',
      '{}',
    ],
    [
      'a custom call',
      { tool_calls: [{ index: 0, id: 'a', type: 'custom', custom: { name: 'f', input: 'é"' } }] },
      'tool-call',
      '{"input":"é\\""}',
    ],
  ])('reads %s', (_, members, type, text) => {
    const events = decode(delta(members), finish('stop'), '[DONE]');

    expect(ofType(events, 'block-start').map(({ block }) => block.type)).toEqual([type]);
    expect(textOf(events)).toBe(text);
    expect(events.at(-1)?.type).toBe('response-end');
  });

  it('begins a block for every change of kind', () => {
    const events = decode(
      delta({ role: 'assistant', content: '' }),
      delta({ reasoning_content: 'a' }),
      delta({ role: 'assistant', content: 'b' }),
      delta({ content: 'c' }),
      delta({ tool_calls: [{ index: 0, id: 'i', function: { name: 'f', arguments: '{}' } }] }),
      delta({ content: 'd' }),
      finish('tool_calls'),
      '[DONE]',
    );

    expect(types(events)).toEqual([
      'response-start',
      ...['block-start', 'block-delta', 'block-end'],
      ...['block-start', 'block-delta', 'block-delta', 'block-end'],
      ...['block-start', 'block-delta', 'block-start', 'block-delta', 'block-end', 'block-end'],
      'response-end',
    ]);
  });

  it('reads a custom call piece by piece', () => {
    const piece = (custom: JsonObject): JsonObject => delta({ tool_calls: [{ index: 0, type: 'custom', custom }] });

    const events = decode(
      delta({ tool_calls: [{ index: 0, id: 'a', type: 'custom', custom: { name: 'run', input: '' } }] }),
      piece({ input: 'a\n' }),
      piece({ input: '"b"' }),
      finish('tool_calls'),
      '[DONE]',
    );

    expect(JSON.parse(textOf(events))).toEqual({ input: 'a\n"b"' });
    expect(ofType(events, 'block-start')).toMatchObject([{ extensions: { 'openai-chat': { type: 'custom' } } }]);
  });

  it('tells calls of different choices apart', () => {
    const call = (choice: number): JsonObject => ({
      index: choice,
      delta: { tool_calls: [{ index: 0, id: `c${choice}`, function: { name: 'f', arguments: `{"at":${choice}}` } }] },
    });

    const events = decode(
      { choices: [call(0), call(1)] },
      {
        choices: [
          { index: 0, delta: {}, finish_reason: 'tool_calls' },
          { index: 1, delta: {}, finish_reason: 'tool_calls' },
        ],
      },
      '[DONE]',
    );

    expect(ofType(events, 'block-start').map(({ block }) => block)).toMatchObject([{ id: 'c0' }, { id: 'c1' }]);
    expect(ofType(events, 'block-delta').map((event) => event.delta)).toEqual(['{"at":0}', '{"at":1}']);
  });

  describe('usage', () => {
    const usage = { prompt_tokens: 4, completion_tokens: 2 };

    it.each<[string, readonly Chunk[]]>([
      ['behind the finish', [delta({ content: 'a' }), finish('stop'), { choices: [], usage }]],
      ['at the finish', [delta({ content: 'a' }), { ...finish('stop'), usage }]],
      ['in the choice', [delta({ content: 'a' }), delta({}, { finish_reason: 'stop', usage })]],
      ["in Groq's bag", [delta({ content: 'a' }), { ...finish('stop'), x_groq: { usage } }]],
      ['before the first choice', [{ choices: [], usage }, delta({ content: 'a' }), finish('stop')]],
    ])('is read %s', (_, chunks) => {
      expect(ofType(decode(...chunks, '[DONE]'), 'usage').map((event) => event.usage.input)).toEqual([4]);
    });
  });

  describe('end', () => {
    it('comes with [DONE], or with the end of the bytes behind a finish', () => {
      expect(decode(delta({ content: 'a' }), finish('stop')).at(-1)?.type).toBe('response-end');
    });

    it('comes once, however often the finish is told', () => {
      const events = decode(
        delta({ content: 'a' }),
        delta({}, { finish_reason: '' }),
        finish('stop'),
        finish('stop'),
        '[DONE]',
      );

      expect(ofType(events, 'response-end')).toEqual([
        { type: 'response-end', finishReason: { unified: 'stop', raw: 'stop' } },
      ]);
    });

    it.each<[string, readonly Chunk[], string]>([
      ['text and [DONE]', [delta({ content: 'a' }), '[DONE]'], 'response-end'],
      ['a refusal and [DONE]', [delta({ refusal: 'a' }), '[DONE]'], 'response-end'],
      ['text alone', [delta({ content: 'a' })], 'response-error'],
      ['reasoning and [DONE]', [delta({ reasoning_content: 'a' }), '[DONE]'], 'response-error'],
      [
        'a begun call and [DONE]',
        [
          delta({ content: 'a' }),
          delta({ tool_calls: [{ index: 0, id: 'i', function: { name: 'f', arguments: '{"x' } }] }),
          '[DONE]',
        ],
        'response-error',
      ],
      ['[DONE] alone', ['[DONE]'], 'response-error'],
      ['nothing', [], 'response-error'],
    ])('after %s is a %s', (_, chunks, type) => {
      expect(decode(...chunks).at(-1)?.type).toBe(type);
    });

    it('is tool calls only after a call', () => {
      expect(decode(delta({ content: 'a' }), finish('tool_calls'), '[DONE]').at(-1)).toMatchObject({
        finishReason: { unified: 'stop', raw: 'tool_calls' },
      });
      expect(
        decode(delta({ tool_calls: [{ index: 0, id: 'i', function: { name: 'f' } }] }), finish('stop'), '[DONE]').at(
          -1,
        ),
      ).toMatchObject({ finishReason: { unified: 'tool-calls', raw: 'stop' } });
    });
  });

  describe('failure', () => {
    it.each<[string, Sent, string]>([
      ['an error object', { data: '{"error":{"message":"boom","type":"overloaded_error"}}' }, 'upstream_overloaded'],
      [
        "a choice's error",
        { data: '{"choices":[{"index":0,"delta":{},"error":{"code":429,"message":"boom"}}]}' },
        'upstream_rate_limited',
      ],
      ['an event named error', { event: 'error', data: '{"message":"boom"}' }, 'upstream_error'],
      [
        'an out-of-capacity finish',
        { data: '{"choices":[{"index":0,"delta":{},"finish_reason":"insufficient_system_resource"}]}' },
        'upstream_overloaded',
      ],
      ['no JSON', { data: '<html>' }, 'upstream_invalid_response'],
    ])('is read from %s, and is the last word', (_, frame, kind) => {
      const text = { data: JSON.stringify(delta({ content: 'a' })) };

      const events = decodeFrames([text, frame, { data: '[DONE]' }, text]);

      expect(events.at(-1)).toMatchObject({ type: 'response-error', error: { kind } });
      expect(textOf(events)).toBe('a');
    });

    it('is a flood of calls', () => {
      const tool_calls = Array.from({ length: 1025 }, (_, index) => ({
        index,
        id: `c${index}`,
        function: { name: 'f' },
      }));

      expect(decode(delta({ tool_calls })).at(-1)).toMatchObject({ error: { kind: 'upstream_invalid_response' } });
    });

    it('is a binary event', () => {
      const decoder = new ChatStreamDecoder(CONTEXT, REQUEST);
      const events: CanonicalEvent[] = [];

      decoder.push({ kind: 'binary', headers: {}, payload: Buffer.alloc(0) }, (event) => events.push(event));

      expect(events).toMatchObject([{ type: 'response-error', error: { kind: 'upstream_invalid_response' } }]);
    });
  });

  describe('what the canonical model has no word for', () => {
    it('travels as a chunk of its own, in its place', () => {
      const logprobs = { content: [{ token: 'a', logprob: -1 }] };

      const events = decode(delta({ content: 'a', hologram: 'x' }, { logprobs }), finish('stop'), '[DONE]');

      expect(residues(events)).toEqual([
        { choices: [{ index: 0, delta: { hologram: 'x' } }] },
        { choices: [{ index: 0, delta: {}, logprobs }] },
      ]);
    });

    it('travels at the start if it came first, at the end if it came later', () => {
      const filters = { content_filter_results: { hate: { filtered: false } } };

      const events = decode(
        { ...delta({ content: 'a' }), created: 5, service_tier: 'default', citations: ['https://a.example'] },
        { ...delta({ content: 'b' }, filters), created: 6, service_tier: 'default', citations: ['https://a.example'] },
        { ...finish('stop'), service_tier: 'flex', obfuscation: 'xx' },
        '[DONE]',
      );

      expect(events[0]).toMatchObject({
        extensions: { 'openai-chat': { created: 5, service_tier: 'default', citations: ['https://a.example'] } },
      });
      expect(events.at(-1)).toEqual({
        type: 'response-end',
        finishReason: { unified: 'stop', raw: 'stop' },
        extensions: { 'openai-chat': { service_tier: 'flex', choices: [filters] } },
      });
      expect(residues(events)).toEqual([]);
    });

    it('keeps annotations at the text that is open, and the others', () => {
      const citation = { type: 'url_citation', url_citation: { url: 'https://a.example' } };

      const events = decode(
        delta({ annotations: [citation] }),
        delta({ content: 'a' }),
        delta({ annotations: [citation] }),
        finish('stop'),
        '[DONE]',
      );

      expect(ofType(events, 'block-mark')).toEqual([{ type: 'block-mark', index: 0, citation }]);
      expect(residues(events)).toEqual([{ choices: [{ index: 0, delta: { annotations: [citation] } }] }]);
    });

    it('marks reasoning with the proof in its details and keeps the details', () => {
      const data = `gAAAAA${'B'.repeat(20)}`;
      const details = [{ type: 'reasoning.encrypted', data }];

      const events = decode(delta({ reasoning: 'hm', reasoning_details: details }), finish('stop'), '[DONE]');

      expect(ofType(events, 'block-mark')).toEqual([
        { type: 'block-mark', index: 0, signature: { family: 'openai', value: data } },
      ]);
      expect(residues(events)).toEqual([{ choices: [{ index: 0, delta: { reasoning_details: details } }] }]);
    });

    it('says of sound what the client asked it to be', () => {
      const request: CanonicalRequest = { ...REQUEST, extensions: { 'openai-chat': { audio: { format: 'mp3' } } } };
      const frames = [delta({ audio: { id: 'a', data: 'AAAA' } }), finish('stop')].map((chunk) => ({
        data: JSON.stringify(chunk),
      }));

      const events = decodeFrames(frames, request);

      expect(ofType(events, 'block-start')).toMatchObject([{ block: { type: 'audio', mediaType: 'audio/mpeg' } }]);
      expect(residues(events)).toEqual([{ choices: [{ index: 0, delta: { audio: { id: 'a' } } }] }]);
    });
  });
});

import type { CanonicalEvent, JsonObject } from '@sluice/core';
import { ANSWERS, type NamedEvent } from '../__fixtures__/answers.js';
import { bytesOf, decodePieces, errorBytes, exceptionBytes, type Circumstances } from '../__fixtures__/frames.js';
import { contextOf, functionTool, requestOf } from '../__fixtures__/requests.js';
import { MAX_PROOF_CHARS } from './open-block.js';
import { MAX_OPEN_BLOCKS } from './stream-decoder.js';

const START: NamedEvent = ['messageStart', { role: 'assistant' }];
const STOP: NamedEvent = ['messageStop', { stopReason: 'end_turn' }];
const METADATA: NamedEvent = ['metadata', { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 } }];

const delta = (contentBlockIndex: number, piece: JsonObject): NamedEvent => [
  'contentBlockDelta',
  { contentBlockIndex, delta: piece },
];
const toolUse = (contentBlockIndex: number, call: JsonObject): NamedEvent => [
  'contentBlockStart',
  { contentBlockIndex, start: { toolUse: call } },
];

const decode = (events: readonly NamedEvent[], circumstances?: Circumstances) =>
  decodePieces([bytesOf(...events)], circumstances);
const typesOf = (events: readonly CanonicalEvent[]) =>
  events.map((event) => ('index' in event ? `${event.type} ${event.index}` : event.type));

describe('ConverseStreamDecoder', () => {
  it('begins text that nothing announced, and ends with usage', () => {
    expect(decode(ANSWERS.text.events)).toEqual([
      { type: 'response-start', id: 'req-1', model: contextOf().upstreamModel },
      { type: 'block-start', index: 0, block: { type: 'text' } },
      { type: 'block-delta', index: 0, delta: 'Grüß dich, ' },
      { type: 'block-delta', index: 0, delta: '世界 🌍' },
      { type: 'block-delta', index: 0, delta: '!' },
      { type: 'block-end', index: 0 },
      {
        type: 'usage',
        usage: {
          input: 30,
          output: 12,
          source: 'upstream',
          raw: { inputTokens: 30, outputTokens: 12, totalTokens: 42 },
        },
      },
      {
        type: 'response-end',
        finishReason: { unified: 'stop', raw: 'end_turn' },
        extensions: { 'bedrock-converse': { metrics: { latencyMs: 1275 } } },
      },
    ]);
  });

  it('counts cache reads and writes in, and tells the writes apart by lifetime', () => {
    expect(decode(ANSWERS['cache-usage'].events)).toContainEqual({
      type: 'usage',
      usage: expect.objectContaining({
        input: 1511,
        output: 7,
        cacheRead: 1000,
        cacheWrite5m: 300,
        cacheWrite1h: 200,
        source: 'upstream',
      }),
    });
  });

  it('joins signatures and sealed reasoning that come in pieces', () => {
    expect(decode(ANSWERS['reasoning-signed'].events)).toContainEqual({
      type: 'block-mark',
      index: 0,
      signature: { family: 'anthropic', value: 'RXFRQ2tnPT0=', model: contextOf().upstreamModel },
    });
    expect(decode(ANSWERS['reasoning-redacted'].events)).toContainEqual({
      type: 'block-mark',
      index: 0,
      redacted: Buffer.from('sealed reasoning').toString('base64'),
    });
  });

  it('knows another vendor’s signature as nobody’s', () => {
    const context = contextOf('us.amazon.nova-2-lite-v1:0');

    expect(decode(ANSWERS['reasoning-signed'].events, { context })).toContainEqual(
      expect.objectContaining({
        signature: expect.objectContaining({ family: 'unknown', model: context.upstreamModel }),
      }),
    );
  });

  it('gives tools the names that the client knows, and repeated calls ids of their own', () => {
    const request = requestOf({ tools: [functionTool('get.weather')] });
    const name = 'get_weather';
    const events = decode(
      [
        START,
        toolUse(0, { toolUseId: 'a', name }),
        toolUse(1, { toolUseId: 'a', name }),
        ['messageStop', { stopReason: 'tool_use' }],
      ],
      { request },
    );

    expect(events.flatMap((event) => (event.type === 'block-start' ? [event.block] : []))).toEqual([
      { type: 'tool-call', id: 'a', name: 'get.weather' },
      { type: 'tool-call', id: 'a_2', name: 'get.weather' },
    ]);
  });

  it('carries tools that the vendor runs, and their results', () => {
    const call = { toolUseId: 's', name: 'nova_grounding', type: 'server_tool_use' };
    const events = decode([
      START,
      toolUse(0, call),
      delta(0, { toolUse: { input: '{"q":1}' } }),
      ['contentBlockStop', { contentBlockIndex: 0 }],
      ['contentBlockStart', { contentBlockIndex: 1, start: { toolResult: { toolUseId: 's' } } }],
      delta(1, { toolResult: [{ text: 'found' }] }),
      ['contentBlockStop', { contentBlockIndex: 1 }],
      STOP,
      METADATA,
    ]);

    expect(events[1]).toEqual({
      type: 'block-start',
      index: 0,
      block: { type: 'server-tool', id: 's', tool: 'nova_grounding' },
      extensions: { 'bedrock-converse': { toolUse: call } },
    });
    expect(typesOf(events).slice(2)).toEqual([
      'block-delta 0',
      'block-end 0',
      'opaque',
      'opaque',
      'usage',
      'response-end',
    ]);
    expect(events.at(-1)).toMatchObject({ finishReason: { unified: 'stop' } });
  });

  it('reads the input of a call that came as an object', () => {
    const events = decode([
      START,
      toolUse(0, { toolUseId: 't', name: 'f' }),
      delta(0, { toolUse: { input: { city: 'Oslo' } } }),
      STOP,
      METADATA,
    ]);

    expect(events).toContainEqual({ type: 'block-delta', index: 0, delta: '{"city":"Oslo"}' });
  });

  it.each<[string, readonly NamedEvent[], readonly string[]]>([
    [
      'blocks stay open',
      [START, delta(0, { text: 'a' }), toolUse(1, { toolUseId: 't', name: 'f' }), STOP, METADATA],
      ['block-start 0', 'block-delta 0', 'block-start 1', 'block-end 0', 'block-end 1', 'usage', 'response-end'],
    ],
    [
      'a block changes its kind',
      [START, delta(0, { reasoningContent: { text: 'a' } }), delta(0, { text: 'b' }), STOP, METADATA],
      [
        'block-start 0',
        'block-delta 0',
        'block-end 0',
        'block-start 1',
        'block-delta 1',
        'block-end 1',
        'usage',
        'response-end',
      ],
    ],
    [
      'a position is used again',
      [
        START,
        delta(0, { text: 'a' }),
        ['contentBlockStop', { contentBlockIndex: 0 }],
        delta(0, { text: 'b' }),
        STOP,
        METADATA,
      ],
      [
        'block-start 0',
        'block-delta 0',
        'block-end 0',
        'block-start 1',
        'block-delta 1',
        'block-end 1',
        'usage',
        'response-end',
      ],
    ],
    ['usage comes before the stop reason', [START, METADATA, STOP], ['usage', 'response-end']],
    ['usage never comes', [START, STOP], ['response-end']],
    [
      'something follows the end',
      [START, STOP, METADATA, delta(0, { text: 'late' }), METADATA],
      ['usage', 'response-end'],
    ],
    ['an event is new', [START, ['tomorrow', {}], STOP, METADATA], ['opaque', 'usage', 'response-end']],
  ])('keeps to the grammar when %s', (_, events, types) => {
    expect(typesOf(decode(events)).slice(1)).toEqual(types);
  });

  it.each<[string, readonly NamedEvent[]]>([
    ['nothing came', []],
    ['it stops before its stop reason', [START, delta(0, { text: 'half' })]],
    ['only usage came', [START, METADATA]],
  ])('is a failure when %s', (_, events) => {
    expect(decode(events).at(-1)).toMatchObject({ type: 'response-error', error: { kind: 'upstream_truncated' } });
  });

  it.each<[string, Buffer, string, number | undefined]>([
    ['an exception', exceptionBytes('throttlingException', { message: 'Slow down.' }), 'upstream_rate_limited', 429],
    ['an exception before anything', exceptionBytes('modelTimeoutException', {}), 'upstream_timed_out', 408],
    ['an unknown exception', exceptionBytes('tomorrowException', { message: 'x' }), 'upstream_error', 500],
    ['an error', errorBytes('InternalFailure', 'boom'), 'upstream_error', 500],
    ['a stop without a reason', bytesOf(['messageStop', {}]), 'upstream_invalid_response', undefined],
  ])('ends at once with %s', (_, bytes, kind, status) => {
    const events = decodePieces([Buffer.concat([bytes, bytesOf(STOP, METADATA)])]);

    expect(typesOf(events)).toEqual(['response-error']);
    expect(events[0]).toMatchObject({ error: { kind, upstream: status === undefined ? undefined : { status } } });
  });

  it('does not take frames that are no JSON', () => {
    const broken = bytesOf(['contentBlockDelta', 'x' as unknown as JsonObject]);

    expect(decodePieces([bytesOf(START), broken]).at(-1)).toMatchObject({
      type: 'response-error',
      error: { kind: 'upstream_invalid_response' },
    });
  });

  it.each<[string, () => readonly NamedEvent[]]>([
    [
      'blocks',
      () =>
        Array.from({ length: MAX_OPEN_BLOCKS + 1 }, (_, index) => toolUse(index, { toolUseId: `${index}`, name: 'f' })),
    ],
    ['a signature', () => [delta(0, { reasoningContent: { signature: 'x'.repeat(MAX_PROOF_CHARS + 1) } })]],
  ])('is bounded: more of %s than anybody sends is refused', (_, events) => {
    expect(decode([START, ...events()]).at(-1)).toMatchObject({
      type: 'response-error',
      error: { kind: 'upstream_invalid_response' },
    });
  });
});

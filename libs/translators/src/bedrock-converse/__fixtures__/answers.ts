import type { JsonObject } from '@sluice/core';

/** An event's name and payload. */
export type NamedEvent = readonly [name: string, payload: JsonObject];

/** The same answer as `Converse` and as `ConverseStream` give it. */
export interface Answer {
  readonly whole: JsonObject;
  readonly events: readonly NamedEvent[];
}

const START: NamedEvent = ['messageStart', { role: 'assistant' }];
const METRICS = { latencyMs: 1275 };
const USAGE = { inputTokens: 30, outputTokens: 12, totalTokens: 42 };

const delta = (contentBlockIndex: number, piece: JsonObject): NamedEvent => [
  'contentBlockDelta',
  { contentBlockIndex, delta: piece },
];
const call = (contentBlockIndex: number, toolUse: JsonObject): NamedEvent => [
  'contentBlockStart',
  { contentBlockIndex, start: { toolUse } },
];
const blockStop = (contentBlockIndex: number): NamedEvent => ['contentBlockStop', { contentBlockIndex }];
const messageStop = (stopReason: string, rest: JsonObject = {}): NamedEvent => ['messageStop', { stopReason, ...rest }];
const metadata = (usage: JsonObject = USAGE, rest: JsonObject = {}): NamedEvent => [
  'metadata',
  { usage, metrics: METRICS, ...rest },
];

function whole(content: readonly JsonObject[], stopReason: string, rest: JsonObject = {}): JsonObject {
  return { output: { message: { role: 'assistant', content } }, stopReason, usage: USAGE, metrics: METRICS, ...rest };
}

const CACHE_USAGE = {
  inputTokens: 11,
  outputTokens: 7,
  totalTokens: 1518,
  cacheReadInputTokens: 1000,
  cacheWriteInputTokens: 500,
  cacheDetails: [
    { ttl: '1h', inputTokens: 200 },
    { ttl: '5m', inputTokens: 300 },
  ],
};

const CITATION = {
  title: 'Report 2024',
  sourceContent: [{ text: 'Revenue grew by 4 %.' }],
  location: { documentChar: { documentIndex: 0, start: 10, end: 30 } },
};

const TRACE = { guardrail: { actionReason: 'Guardrail blocked.' } };

/**
 * Answers by phenomenon, written from the vendor's documentation of the operations and of their stream; none was recorded.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
 */
export const ANSWERS = {
  text: {
    whole: whole([{ text: 'Grüß dich, 世界 🌍!' }], 'end_turn'),
    events: [
      START,
      delta(0, { text: 'Grüß dich, ' }),
      delta(0, { text: '世界 🌍' }),
      delta(0, { text: '!' }),
      blockStop(0),
      messageStop('end_turn'),
      metadata(),
    ],
  },
  'parallel-tool-calls': {
    whole: whole(
      [
        { text: 'I look.' },
        { toolUse: { toolUseId: 'tooluse_a', name: 'get_weather', input: { city: 'Tromsø', days: 2 } } },
        { toolUse: { toolUseId: 'tooluse_b', name: 'now', input: {} } },
      ],
      'tool_use',
    ),
    events: [
      START,
      delta(0, { text: 'I look.' }),
      blockStop(0),
      call(1, { toolUseId: 'tooluse_a', name: 'get_weather' }),
      delta(1, { toolUse: { input: '' } }),
      delta(1, { toolUse: { input: '{"city":"Trom' } }),
      delta(1, { toolUse: { input: 'sø","days":2}' } }),
      blockStop(1),
      call(2, { toolUseId: 'tooluse_b', name: 'now' }),
      delta(2, { toolUse: { input: '{}' } }),
      blockStop(2),
      messageStop('tool_use'),
      metadata(),
    ],
  },
  'reasoning-signed': {
    whole: whole(
      [{ reasoningContent: { reasoningText: { text: 'Let me think.', signature: 'RXFRQ2tnPT0=' } } }, { text: '42' }],
      'end_turn',
    ),
    events: [
      START,
      delta(0, { reasoningContent: { text: 'Let me ' } }),
      delta(0, { reasoningContent: { text: 'think.' } }),
      delta(0, { reasoningContent: { signature: 'RXFR' } }),
      delta(0, { reasoningContent: { signature: 'Q2tnPT0=' } }),
      blockStop(0),
      delta(1, { text: '42' }),
      blockStop(1),
      messageStop('end_turn'),
      metadata(),
    ],
  },
  'reasoning-redacted': {
    whole: whole(
      [{ reasoningContent: { redactedContent: 'c2VhbGVkIHJlYXNvbmluZw==' } }, { text: 'Done.' }],
      'end_turn',
    ),
    events: [
      START,
      delta(0, { reasoningContent: { redactedContent: 'c2VhbGVkIA==' } }),
      delta(0, { reasoningContent: { redactedContent: 'cmVhc29uaW5n' } }),
      blockStop(0),
      delta(1, { text: 'Done.' }),
      blockStop(1),
      messageStop('end_turn'),
      metadata(),
    ],
  },
  'cache-usage': {
    whole: whole([{ text: 'Cached.' }], 'end_turn', { usage: CACHE_USAGE }),
    events: [START, delta(0, { text: 'Cached.' }), blockStop(0), messageStop('end_turn'), metadata(CACHE_USAGE)],
  },
  'stop-sequence': {
    whole: whole([{ text: 'one two' }], 'stop_sequence', {
      additionalModelResponseFields: { stop_sequence: 'three' },
    }),
    events: [
      START,
      delta(0, { text: 'one two' }),
      blockStop(0),
      messageStop('stop_sequence', { additionalModelResponseFields: { stop_sequence: 'three' } }),
      metadata(),
    ],
  },
  guardrail: {
    whole: whole([{ text: 'Sorry, the model cannot answer this question.' }], 'guardrail_intervened', { trace: TRACE }),
    events: [
      START,
      delta(0, { text: 'Sorry, the model cannot answer this question.' }),
      blockStop(0),
      messageStop('guardrail_intervened'),
      metadata(USAGE, { trace: TRACE }),
    ],
  },
  cited: {
    whole: whole([{ citationsContent: { content: [{ text: 'It grew.' }], citations: [CITATION] } }], 'end_turn'),
    events: [
      START,
      delta(0, { text: 'It grew.' }),
      delta(0, { citation: CITATION }),
      blockStop(0),
      messageStop('end_turn'),
      metadata(),
    ],
  },
  image: {
    whole: whole([{ image: { format: 'png', source: { bytes: 'iVBORw0KGgo=' } } }], 'end_turn'),
    events: [
      START,
      ['contentBlockStart', { contentBlockIndex: 0, start: { image: { format: 'png' } } }],
      delta(0, { image: { source: { bytes: 'iVBORw==' } } }),
      delta(0, { image: { source: { bytes: 'DQoaCg==' } } }),
      blockStop(0),
      messageStop('end_turn'),
      metadata(),
    ],
  },
} as const satisfies Record<string, Answer>;

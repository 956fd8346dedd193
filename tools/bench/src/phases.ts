import { type TargetId } from './targets.js';
import { pairName, TRANSLATED_PAIRS } from './translated-pairs.js';
import { type AnswerFormat } from './wire/answer-format.js';

/**
 * How a phase is measured: `json-load` and `chunk-load` in a closed loop, `json-latency` and `first-chunk` with one client,
 * `paced-streams` and `cold-start` on a target started for each round.
 */
export type PhaseKind = 'json-load' | 'chunk-load' | 'json-latency' | 'first-chunk' | 'paced-streams' | 'cold-start';

/** One phase of the bench. A new one, a translation for instance, is one entry in `PHASES` and one row in `GOALS`. */
export interface Phase {
  readonly id: string;
  readonly kind: PhaseKind;
  /** Format that the client speaks; a target that does not translate is asked in the upstream's format instead. */
  readonly client: AnswerFormat;
  readonly upstream: AnswerFormat;
  /** Concurrent clients or streams. */
  readonly clients: number;
  /** Filler in the prompt, in bytes. */
  readonly promptBytes: number;
  readonly targets: readonly TargetId[];
}

const openAi = { client: 'openai-chat', upstream: 'openai-chat' } as const;
const SHORT_PROMPT_BYTES = 200;
const RELAYS: readonly TargetId[] = ['raw', 'bare', 'sluice'];

export const PHASES: readonly Phase[] = [
  {
    ...openAi,
    id: 'start',
    kind: 'cold-start',
    clients: 1,
    promptBytes: SHORT_PROMPT_BYTES,
    targets: ['raw', 'sluice', 'portkey'],
  },
  {
    ...openAi,
    id: 'json',
    kind: 'json-load',
    clients: 64,
    promptBytes: SHORT_PROMPT_BYTES,
    targets: ['raw', 'bare', 'nest-shell', 'nest-plain', 'sluice', 'portkey'],
  },
  {
    ...openAi,
    id: 'one-client',
    kind: 'json-latency',
    clients: 1,
    promptBytes: SHORT_PROMPT_BYTES,
    targets: ['direct', ...RELAYS, 'portkey'],
  },
  {
    ...openAi,
    id: 'first-chunk',
    kind: 'first-chunk',
    clients: 1,
    promptBytes: SHORT_PROMPT_BYTES,
    targets: ['direct', ...RELAYS],
  },
  {
    ...openAi,
    id: 'chunks',
    kind: 'chunk-load',
    clients: 64,
    promptBytes: SHORT_PROMPT_BYTES,
    targets: RELAYS,
  },
  ...TRANSLATED_PAIRS.map((pair): Phase => ({
    ...pair,
    id: `chunks-${pairName(pair)}`,
    kind: 'chunk-load',
    clients: 64,
    promptBytes: SHORT_PROMPT_BYTES,
    targets: ['raw', 'sluice'],
  })),
  {
    id: 'json-anthropic-openai',
    kind: 'json-load',
    client: 'anthropic-messages',
    upstream: 'openai-chat',
    clients: 64,
    promptBytes: SHORT_PROMPT_BYTES,
    targets: ['raw', 'sluice'],
  },
  {
    ...openAi,
    id: 'prompt-50k',
    kind: 'json-load',
    clients: 32,
    promptBytes: 50_000,
    targets: ['raw', 'bare', 'sluice'],
  },
  {
    ...openAi,
    id: 'prompt-300k',
    kind: 'json-load',
    clients: 16,
    promptBytes: 300_000,
    targets: ['raw', 'bare', 'sluice'],
  },
  {
    ...openAi,
    id: 'paced',
    kind: 'paced-streams',
    clients: 1000,
    promptBytes: SHORT_PROMPT_BYTES,
    targets: ['direct', 'raw', 'sluice'],
  },
];

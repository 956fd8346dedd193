import { type Metric } from './metric.js';
import { EVENT_STREAM_FRAMES } from './micro/micro-phases.js';
import { type ContestantId } from './micro/contestants.js';
import { type TargetId } from './targets.js';
import { pairName, pairTitle, TRANSLATED_PAIRS } from './translated-pairs.js';

/** One row of the goals: a figure of `subject`, as a ratio to the same figure of `against`, or absolute. */
export interface Goal {
  readonly id: string;
  readonly title: string;
  /** Phase or micro phase that measures it. */
  readonly phase: string;
  readonly metric: Metric;
  readonly subject: TargetId | ContestantId;
  readonly against?: TargetId | ContestantId;
  /** Subtracted on both sides first: what the target adds to going without one. */
  readonly addedTo?: TargetId;
  readonly direction: 'at-most' | 'at-least';
  readonly must: number;
  readonly wanted: number;
}

const ratioToRaw = { subject: 'sluice', against: 'raw', direction: 'at-most' } as const;
const translatedChunk = { ...ratioToRaw, metric: 'cpuPerChunkUs', must: 1.4, wanted: 1.15 } as const;

export const GOALS: readonly Goal[] = [
  {
    ...ratioToRaw,
    id: 'json-cpu',
    title: 'CPU/request, JSON pass-through, everything on',
    phase: 'json',
    metric: 'cpuPerRequestUs',
    must: 1.0,
    wanted: 0.8,
  },
  {
    id: 'portkey',
    title: 'requests/s per core against Portkey',
    phase: 'json',
    metric: 'requestsPerCore',
    subject: 'sluice',
    against: 'portkey',
    direction: 'at-least',
    must: 12,
    wanted: 18,
  },
  {
    id: 'nest-shell',
    title: 'Nest + Express shell against bare node:http',
    phase: 'json',
    metric: 'cpuPerRequestUs',
    subject: 'nest-shell',
    against: 'bare',
    direction: 'at-most',
    must: 1.4,
    wanted: 1.15,
  },
  {
    ...ratioToRaw,
    id: 'added-p50',
    title: 'added p50, one client',
    phase: 'one-client',
    metric: 'p50Us',
    addedTo: 'direct',
    must: 1.2,
    wanted: 1.0,
  },
  {
    ...ratioToRaw,
    id: 'first-chunk',
    title: 'added time to first chunk',
    phase: 'first-chunk',
    metric: 'firstChunkUs',
    addedTo: 'direct',
    must: 1.2,
    wanted: 1.0,
  },
  {
    ...ratioToRaw,
    id: 'chunk-cpu',
    title: 'CPU/chunk, pass-through',
    phase: 'chunks',
    metric: 'cpuPerChunkUs',
    must: 1.1,
    wanted: 0.95,
  },
  ...TRANSLATED_PAIRS.map((pair): Goal => ({
    ...translatedChunk,
    id: `chunk-${pairName(pair)}`,
    title: `CPU/chunk, ${pairTitle(pair)}`,
    phase: `chunks-${pairName(pair)}`,
  })),
  {
    id: 'event-stream',
    title: 'event-stream frames/s against @smithy/eventstream-codec, 200 bytes',
    phase: EVENT_STREAM_FRAMES,
    metric: 'framesPerSecond',
    subject: 'our-event-stream',
    against: 'smithy-event-stream',
    direction: 'at-least',
    must: 3,
    wanted: 4,
  },
  {
    ...ratioToRaw,
    id: 'json-anthropic-openai',
    title: 'CPU/request, Anthropic client, OpenAI upstream, JSON',
    phase: 'json-anthropic-openai',
    metric: 'cpuPerRequestUs',
    must: 1.5,
    wanted: 1.2,
  },
  {
    ...ratioToRaw,
    id: 'prompt-50k',
    title: 'CPU/request, 50 KB prompt, pass-through',
    phase: 'prompt-50k',
    metric: 'cpuPerRequestUs',
    must: 1.3,
    wanted: 1.1,
  },
  {
    id: 'prompt-300k',
    title: 'requests/s per core, 300 KB prompt',
    phase: 'prompt-300k',
    metric: 'requestsPerCore',
    subject: 'sluice',
    direction: 'at-least',
    must: 500,
    wanted: 2000,
  },
  {
    ...ratioToRaw,
    id: 'chunk-delay',
    title: 'added chunk delay p50, 1000 paced streams',
    phase: 'paced',
    metric: 'chunkDelayP50Us',
    addedTo: 'direct',
    must: 1.3,
    wanted: 1.1,
  },
  {
    ...ratioToRaw,
    id: 'stream-memory',
    title: 'memory per stream at 1000 streams',
    phase: 'paced',
    metric: 'rssPerStreamKb',
    must: 1.5,
    wanted: 1.1,
  },
  {
    ...ratioToRaw,
    id: 'idle-rss',
    title: 'bundled gateway: idle RSS',
    phase: 'start',
    metric: 'idleRssMb',
    must: 3,
    wanted: 2.5,
  },
  {
    id: 'start',
    title: 'bundled gateway: start to first 200, against Portkey',
    phase: 'start',
    metric: 'startMs',
    subject: 'sluice',
    against: 'portkey',
    direction: 'at-most',
    must: 1.3,
    wanted: 1.0,
  },
];

import { type BenchPace } from '../bench-pace.js';
import { type Metrics } from '../metric.js';
import { type ContestantId } from './contestants.js';
import { EVENT_STREAM_DECODERS } from './decode-event-stream.js';
import { FRAMES_PER_CHUNK } from './frames-200.js';
import { measureRate } from './measure-rate.js';

/** A comparison of functions inside of the bench's own process, in rounds like the phases. */
export interface MicroPhase {
  readonly id: string;
  readonly targets: readonly ContestantId[];
  measure(target: ContestantId, pace: BenchPace): Metrics;
}

export const EVENT_STREAM_FRAMES = 'event-stream-frames';

export const MICRO_PHASES: readonly MicroPhase[] = [
  {
    id: EVENT_STREAM_FRAMES,
    targets: ['our-event-stream', 'smithy-event-stream'],
    measure: (target, { windowMs }) => {
      const decode = EVENT_STREAM_DECODERS[target]();
      return { framesPerSecond: FRAMES_PER_CHUNK * measureRate(decode, windowMs) };
    },
  },
];

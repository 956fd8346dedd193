import { type PhaseKind } from '../phases.js';
import { measureChunkLoad } from './chunk-load.js';
import { measureColdStart } from './cold-start.js';
import { measureJsonLoad } from './json-load.js';
import { type Measure } from './measure.js';
import { measureFirstChunk, measureJsonLatency } from './one-client.js';
import { measurePacedStreams } from './paced-streams.js';

interface KindOfMeasure {
  readonly measure: Measure;
  /** Whether each round gets a process of its own: where its age would change the figure. */
  readonly needsFreshTarget: boolean;
}

export const MEASURE_BY_KIND: Readonly<Record<PhaseKind, KindOfMeasure>> = {
  'json-load': { measure: measureJsonLoad, needsFreshTarget: false },
  'chunk-load': { measure: measureChunkLoad, needsFreshTarget: false },
  'json-latency': { measure: measureJsonLatency, needsFreshTarget: false },
  'first-chunk': { measure: measureFirstChunk, needsFreshTarget: false },
  'paced-streams': { measure: measurePacedStreams, needsFreshTarget: true },
  'cold-start': { measure: measureColdStart, needsFreshTarget: true },
};

import fc from 'fast-check';
import { GatewayError, type CanonicalEvent, type FinishReason, type Usage } from '@sluice/core';
import { streamedBlocks, withDistinctIds, type StreamedBlock } from './blocks.js';
import { pieces, visibleTexts } from './texts.js';

export interface EventStreamOptions {
  /** Whether blocks may be open at the same time. Default true. */
  readonly interleaved?: boolean;
  /** Whether streams may end with a failure. Default true. */
  readonly failing?: boolean;
}

const usages: fc.Arbitrary<Usage> = fc.record({
  input: fc.nat(),
  output: fc.nat(),
  source: fc.constant('upstream' as const),
});

/** A failure with one vendor's words. */
const failures: fc.Arbitrary<CanonicalEvent> = visibleTexts.map((message) => ({
  type: 'response-error',
  error: new GatewayError({ kind: 'upstream_overloaded', message }),
}));

interface Plan {
  readonly blocks: readonly StreamedBlock[];
  readonly gaps: readonly number[];
  readonly lengths: readonly number[];
  readonly schedule: readonly number[];
  readonly usage: Usage | undefined;
  readonly failure: CanonicalEvent | undefined;
}

/**
 * Streams that obey the event grammar: any blocks, cut into any deltas, in any order in which blocks may overlap, with
 * indices that leave gaps, usage at the end, and sometimes a failure in the middle.
 */
export function eventStreams(options: EventStreamOptions = {}): fc.Arbitrary<readonly CanonicalEvent[]> {
  const { interleaved = true, failing = true } = options;
  const plan = fc.record<Plan>({
    blocks: fc.array(streamedBlocks, { maxLength: 5 }).map(withDistinctIds),
    gaps: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 5, maxLength: 5 }),
    lengths: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 6 }),
    schedule: interleaved ? fc.array(fc.nat({ max: 4 }), { maxLength: 40 }) : fc.constant([]),
    usage: fc.option(usages, { nil: undefined }),
    failure: failing ? fc.option(failures, { nil: undefined, freq: 4 }) : fc.constant(undefined),
  });
  return plan.map(eventsOf);
}

function eventsOf({ blocks, gaps, lengths, schedule, usage, failure }: Plan): readonly CanonicalEvent[] {
  let index = -1;
  const queues = blocks.map((block, position) => {
    index += gaps[position] ?? 1;
    return eventsOfBlock(block, index, lengths);
  });
  const events: CanonicalEvent[] = [{ type: 'response-start', id: 'answer-1', model: 'model-1' }];
  events.push(...interleave(queues, schedule));
  if (failure !== undefined) return [...events.slice(0, 1 + Math.floor(events.length / 2)), failure];
  if (usage !== undefined) events.push({ type: 'usage', usage });
  return [...events, { type: 'response-end', finishReason: finishOf(blocks) }];
}

function eventsOfBlock({ start, text }: StreamedBlock, index: number, lengths: readonly number[]): CanonicalEvent[] {
  const deltas = pieces(text, lengths).map((delta): CanonicalEvent => ({ type: 'block-delta', index, delta }));
  return [{ type: 'block-start', index, block: start }, ...deltas, { type: 'block-end', index }];
}

/** Takes one event from the queue that each number names, as long as there are numbers; then each queue to its end. */
function interleave(queues: readonly CanonicalEvent[][], schedule: readonly number[]): readonly CanonicalEvent[] {
  const events: CanonicalEvent[] = [];
  const rests = queues.map((queue) => [...queue]);
  for (const choice of schedule) {
    const next = rests[choice]?.shift();
    if (next !== undefined) events.push(next);
  }
  return [...events, ...rests.flat()];
}

function finishOf(blocks: readonly StreamedBlock[]): FinishReason {
  return { unified: blocks.some(({ start }) => start.type === 'tool-call') ? 'tool-calls' : 'stop' };
}

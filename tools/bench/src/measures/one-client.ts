import { ClosedLoop } from '../load/closed-loop.js';
import { type Exchange } from '../load/load-client.js';
import { percentile } from '../statistics.js';
import { monotonicNs } from '../wire/monotonic-clock.js';
import { type Measure, type MeasureContext } from './measure.js';

/** A short stream, sent at once: only the time to its first chunk is measured. */
const CHUNKS_PER_STREAM = 4;
/** The first part of the exchanges warms up and is not counted. */
const WARM_UP_SHARE = 0.2;

/** Latency of unstreamed requests, one at a time. */
export const measureJsonLatency: Measure = async (context) => {
  const latencies = await runOneClient(context, (onMoment) => {
    const { request, checker } = context.exchanges.json();
    const judged = { push: (bytes: Buffer) => checker.push(bytes), finish: () => (onMoment(), checker.finish()) };
    return { request, checker: judged };
  });
  return { p50Us: percentile(latencies, 50), p99Us: percentile(latencies, 99) };
};

/** Time from sending the request to the arrival of the first content chunk, one stream at a time. */
export const measureFirstChunk: Measure = async (context) => {
  const order = { id: 0, chunks: CHUNKS_PER_STREAM, pace: 'burst' } as const;
  const latencies = await runOneClient(context, (onMoment) => {
    let isFirst = true;
    return context.exchanges.stream(order, () => {
      if (isFirst) onMoment();
      isFirst = false;
    });
  });
  return { firstChunkUs: percentile(latencies, 50) };
};

/** @returns microseconds from the sending of each counted request to its moment */
async function runOneClient(
  { running, pace, onFault }: MeasureContext,
  exchange: (onMoment: () => void) => Exchange,
): Promise<number[]> {
  const latencies: number[] = [];
  const deadline = performance.now() + pace.sequentialMs;
  let sent = 0;
  const load = new ClosedLoop({
    port: running.port,
    clients: 1,
    next: () => {
      if (sent >= pace.sequentialExchanges || performance.now() >= deadline) return undefined;
      sent += 1;
      let sentNs = 0;
      const prepared = exchange(() => latencies.push((monotonicNs() - sentNs) / 1000));
      sentNs = monotonicNs();
      return prepared;
    },
    onFault,
  });
  await load.start();
  await load.ended();
  return latencies.slice(Math.floor(latencies.length * WARM_UP_SHARE));
}

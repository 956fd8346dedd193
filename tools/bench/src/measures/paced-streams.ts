import { setTimeout as delay } from 'node:timers/promises';
import { ClosedLoop } from '../load/closed-loop.js';
import { CreditLine } from '../load/credit-line.js';
import { type Metrics } from '../metric.js';
import { readRssKb } from '../process/proc-stat.js';
import { median, percentile } from '../statistics.js';
import { monotonicNs } from '../wire/monotonic-clock.js';
import { type Measure, type MeasureContext } from './measure.js';

/** 5 chunks a second to each client: 5,000 a second leave even a slow machine idle most of the time, so that no queue is measured. */
const CHUNK_EVERY_MS = 200;
/** From the first connection until all streams run evenly. */
const RAMP_MS = 1500;
const RSS_SAMPLES = 8;
/** Compiles the streaming path with few streams, so that the memory of many is not there beforehand. */
const WARM_UP_STREAMS = 8;
const WARM_UP_CHUNKS = 2000;
const MAX_DELAYS = 500_000;

/** Chunk delay (from the mock's write to the arrival here) and memory per stream with many streams at a steady pace, on a fresh target. */
export const measurePacedStreams: Measure = async (context) => {
  await warmUp(context);
  await delay(context.pace.settleMs);
  const idleKb = context.running.pid === 0 ? 0 : readRssKb(context.running.pid);
  const { delaysUs, rssKb } = await runStreams(context);
  const metrics: Metrics = { chunkDelayP50Us: percentile(delaysUs, 50), chunkDelayP99Us: percentile(delaysUs, 99) };
  if (rssKb.length > 0) metrics.rssPerStreamKb = (median(rssKb) - idleKb) / context.phase.clients;
  return metrics;
};

async function warmUp({ running, exchanges, creditPort, onFault }: MeasureContext): Promise<void> {
  const credits = await CreditLine.open(creditPort);
  let nextId = 0;
  const load = new ClosedLoop({
    port: running.port,
    clients: WARM_UP_STREAMS,
    next: () => {
      if (nextId >= WARM_UP_STREAMS) return undefined;
      const id = nextId++;
      return exchanges.stream({ id, chunks: WARM_UP_CHUNKS, pace: 'credit' }, () => credits.grant(id));
    },
    onFault,
  });
  await load.start();
  await load.ended();
  credits.close();
}

async function runStreams(context: MeasureContext): Promise<{ delaysUs: number[]; rssKb: number[] }> {
  const { phase, running, exchanges, pace, onFault } = context;
  const delaysUs: number[] = [];
  const rssKb: number[] = [];
  const chunks = Math.ceil((RAMP_MS + pace.pacedWindowMs) / CHUNK_EVERY_MS) + 1;
  let isRecording = false;
  let nextId = 0;
  const load = new ClosedLoop({
    port: running.port,
    clients: phase.clients,
    next: () => {
      if (nextId >= phase.clients) return undefined;
      return exchanges.stream({ id: nextId++, chunks, pace: CHUNK_EVERY_MS }, (sentNs) => {
        if (isRecording && delaysUs.length < MAX_DELAYS) delaysUs.push((monotonicNs() - sentNs) / 1000);
      });
    },
    onFault,
  });
  const startedMs = performance.now();
  await load.start();
  await delay(Math.max(0, RAMP_MS - (performance.now() - startedMs)));
  isRecording = true;
  for (let sample = 0; sample < RSS_SAMPLES; sample++) {
    await delay(pace.pacedWindowMs / RSS_SAMPLES);
    if (running.pid !== 0) rssKb.push(readRssKb(running.pid));
  }
  isRecording = false;
  await load.ended();
  return { delaysUs, rssKb };
}

import { setTimeout as delay } from 'node:timers/promises';
import { readRssKb } from '../process/proc-stat.js';
import { type Measure } from './measure.js';

const KB_PER_MB = 1024;

/** Start to the first 200 of a fresh process, and its memory when it has come to rest after that one request. */
export const measureColdStart: Measure = async ({ running, pace }) => {
  await delay(pace.settleMs);
  return { startMs: running.startMs, idleRssMb: readRssKb(running.pid) / KB_PER_MB };
};

import { setTimeout as delay } from 'node:timers/promises';
import { type WarmUp } from '../bench-pace.js';
import { readCpuUs } from '../process/proc-stat.js';

export interface CpuWindow {
  readonly cpuUs: number;
  readonly seconds: number;
  /** Growth of the counter in the window. */
  readonly units: number;
}

const POLL_EVERY_MS = 20;

/** Resolves when the counter has grown by the warm-up's units, or its time is over. */
export async function waitForUnits({ units, maxMs }: WarmUp, counter: () => number): Promise<void> {
  const goal = counter() + units;
  const deadline = performance.now() + maxMs;
  while (counter() < goal && performance.now() < deadline) await delay(POLL_EVERY_MS);
}

/** CPU time of a process and the growth of a counter over the same stretch of time. */
export async function measureCpu(pid: number, windowMs: number, counter: () => number): Promise<CpuWindow> {
  const begin = { cpuUs: readCpuUs(pid), units: counter(), atMs: performance.now() };
  await delay(windowMs);
  const end = { cpuUs: readCpuUs(pid), units: counter(), atMs: performance.now() };
  return {
    cpuUs: end.cpuUs - begin.cpuUs,
    seconds: (end.atMs - begin.atMs) / 1000,
    units: end.units - begin.units,
  };
}

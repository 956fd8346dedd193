import { Worker } from 'node:worker_threads';
import type { FuzzOptions } from '../fuzz-options.js';
import type { WorkerFinding, WorkerMessage, WorkerOrder } from './worker-messages.js';

/** One input may take so long before it counts as a hang. Far above a slow machine's pause: work itself is counted, not timed. */
const HANG_MS = 60_000;
const PROGRESS_MS = 5000;
/** What a run may keep, in MiB: a run that keeps a little of each input reaches it long before its end. */
const MAX_HEAP_MIB = 512;

export interface WatchOptions {
  readonly root: string;
  readonly options: FuzzOptions;
  readonly onStart: (cells: readonly string[]) => void;
  readonly onProgress: (iteration: number) => void;
  readonly onFinding: (finding: WorkerFinding) => void;
}

/** How a run ended: at its end, or in the middle of an iteration that hung or used up the memory. */
export type WatchOutcome =
  { readonly type: 'done' } | { readonly type: 'stuck'; readonly iteration: number; readonly reason: string };

/** Runs the iterations in a thread of their own, so that a hang can be noticed and named. */
export function watchWorker({ root, options, onStart, onProgress, onFinding }: WatchOptions): Promise<WatchOutcome> {
  const heartbeat = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const current = new Int32Array(heartbeat);
  const order: WorkerOrder = { root, options, heartbeat };
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB },
  });
  return new Promise((resolve, reject) => {
    let last = -1;
    let silentMs = 0;
    const timer = setInterval(() => {
      const iteration = Atomics.load(current, 0);
      silentMs = iteration === last ? silentMs + PROGRESS_MS : 0;
      last = iteration;
      onProgress(iteration);
      if (silentMs >= HANG_MS) settle({ type: 'stuck', iteration, reason: `no end after ${HANG_MS} ms` });
    }, PROGRESS_MS);
    const settle = (outcome: WatchOutcome): void => {
      clearInterval(timer);
      void worker.terminate().then(() => resolve(outcome), reject);
    };
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'started') onStart(message.cells);
      else if (message.kind === 'finding') onFinding(message.finding);
      else settle({ type: 'done' });
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      clearInterval(timer);
      if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return reject(error);
      settle({ type: 'stuck', iteration: Atomics.load(current, 0), reason: `more than ${MAX_HEAP_MIB} MiB are kept` });
    });
  });
}

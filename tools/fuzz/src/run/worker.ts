import { parentPort, workerData } from 'node:worker_threads';
import type { Finding } from '../findings/finding.js';
import { reproductionName, writeReproduction } from '../findings/reproduction.js';
import { fuzz } from './fuzz.js';
import { shippedCells } from './shipped-cells.js';
import type { WorkerMessage, WorkerOrder } from './worker-messages.js';

const { root, options, heartbeat } = workerData as WorkerOrder; // only watch-worker.ts starts this file
const current = new Int32Array(heartbeat);
const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

const cells = shippedCells(root, options.only);
tell({ kind: 'started', cells: cells.map(({ name }) => name) });
fuzz({
  cells,
  seed: options.seed,
  from: options.from,
  iterations: options.from + options.iterations,
  onIteration: (iteration) => void Atomics.store(current, 0, iteration),
  onFinding: (finding) => tell({ kind: 'finding', finding: rendered(finding) }),
});
tell({ kind: 'done' });

function rendered(finding: Finding): { title: string; file: string; text: string } {
  return {
    title: `${finding.cell}, iteration ${finding.iteration}: ${finding.message}`,
    file: reproductionName(finding),
    text: writeReproduction(finding, options.seed, finding.iteration),
  };
}

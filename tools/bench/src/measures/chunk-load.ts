import { ClosedLoop } from '../load/closed-loop.js';
import { CreditLine } from '../load/credit-line.js';
import { measureCpu, waitForUnits } from './cpu-window.js';
import { type Measure } from './measure.js';

/** Long enough that opening a stream weighs less than a hundredth of its chunks. */
const CHUNKS_PER_STREAM = 500;

/**
 * CPU per streamed chunk, as fast as it goes. The mock sends a stream's next chunk when the last one has arrived here: so every
 * chunk is one read and one write of the target, however slow it is, and fast and slow targets do the same work.
 */
export const measureChunkLoad: Measure = async ({ phase, running, exchanges, creditPort, pace, warmUp, onFault }) => {
  const credits = await CreditLine.open(creditPort);
  let chunks = 0;
  let nextId = 0;
  const load = new ClosedLoop({
    port: running.port,
    clients: phase.clients,
    next: () => {
      const id = nextId++;
      return exchanges.stream({ id, chunks: CHUNKS_PER_STREAM, pace: 'credit' }, () => {
        chunks += 1;
        credits.grant(id);
      });
    },
    onFault,
  });
  await load.start();
  await waitForUnits(warmUp, () => chunks);
  const { cpuUs, units } = await measureCpu(running.pid, pace.windowMs, () => chunks);
  await load.stop();
  credits.close();
  return { cpuPerChunkUs: cpuUs / units };
};

import { ClosedLoop } from '../load/closed-loop.js';
import { measureCpu, waitForUnits } from './cpu-window.js';
import { type Measure } from './measure.js';

/** CPU per unstreamed request with many clients; requests per core are its inverse. */
export const measureJsonLoad: Measure = async ({ phase, running, exchanges, pace, warmUp, onFault }) => {
  const load = new ClosedLoop({
    port: running.port,
    clients: phase.clients,
    next: () => exchanges.json(),
    onFault,
  });
  await load.start();
  await waitForUnits(warmUp, () => load.answered);
  const { cpuUs, seconds, units } = await measureCpu(running.pid, pace.windowMs, () => load.answered);
  await load.stop();
  const cpuPerRequestUs = cpuUs / units;
  return { cpuPerRequestUs, requestsPerCore: 1e6 / cpuPerRequestUs, requestsPerSecond: units / seconds };
};

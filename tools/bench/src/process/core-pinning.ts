import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Which core runs what. One core would measure the generator as much as the target, so then nothing is pinned. */
export interface CorePinning {
  readonly description: string;
  /** Command prefix that starts a child on the core of its role, and ends it when this process dies. */
  prefix(role: 'target' | 'load'): readonly string[];
}

const TARGET_CORE = '0';
const LOAD_CORE = '1';

/** Pins this process, the load generator, and says how to start the others. */
export function pinCores(): CorePinning {
  const dieWithParent = isAvailable('setpriv', '--version') ? ['setpriv', '--pdeathsig', 'KILL', '--'] : [];
  if (availableParallelism() < 2 || !isAvailable('taskset', '--version')) {
    return { description: 'not pinned: needs two cores and taskset', prefix: () => dieWithParent };
  }
  spawnSync('taskset', ['-a', '-p', '-c', LOAD_CORE, String(process.pid)]);
  return {
    description: `target on core ${TARGET_CORE}, mock and generator on core ${LOAD_CORE}`,
    prefix: (role) => [...dieWithParent, 'taskset', '-c', role === 'target' ? TARGET_CORE : LOAD_CORE],
  };
}

function isAvailable(command: string, argument: string): boolean {
  return spawnSync(command, [argument], { stdio: 'ignore' }).status === 0;
}

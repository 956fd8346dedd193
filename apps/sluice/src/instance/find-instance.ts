import { readFileSync } from 'node:fs';
import { isInstanceLocked } from './instance-lock.js';
import { readInstanceState, type InstanceState } from './instance-state.js';

/** What a pid file stands for. */
export type FoundInstance =
  /** `state` is undefined until the process listens. */
  | { readonly kind: 'running'; readonly pid: number; readonly state: InstanceState | undefined }
  /** The process that wrote the file is gone, whoever has its number now. */
  | { readonly kind: 'stale'; readonly pid: number | undefined }
  | { readonly kind: 'none' };

const PID = /^[1-9]\d{0,9}$/;

/** Looks for the process that a pid file names. @throws the system's error when the file cannot be read */
export async function findInstance(pidFile: string): Promise<FoundInstance> {
  const text = readPidFile(pidFile);
  if (text === undefined) return { kind: 'none' };
  const pid = PID.test(text) ? Number(text) : undefined;
  if (pid === undefined || !(await isInstanceLocked(pidFile))) return { kind: 'stale', pid };
  if (!isAlive(pid)) return { kind: 'stale', pid }; // killed a moment ago: its lock is not old enough yet
  return { kind: 'running', pid, state: readInstanceState(pidFile, pid) };
}

/** The process number in a pid file, as text; undefined = there is no file. @throws the system's error */
export function readPidFile(pidFile: string): string | undefined {
  try {
    return readFileSync(pidFile, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // the system's errors carry one
    throw error;
  }
}

/** Whether there is a process of this number, of whatever program. One that has ended counts as gone, whoever should take note of it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !hasEnded(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it is another user's
  }
}

/** In containers whose first process is no init nobody takes note of ended processes, and their numbers stay. */
function hasEnded(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return status.slice(status.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false; // no Linux
  }
}

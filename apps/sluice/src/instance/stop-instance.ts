import { EXIT_FAILURE } from './exit-codes.js';
import { explainNoSignals } from './explain-no-signals.js';
import type { InstanceEnvironment } from './instance-environment.js';

/** How often it is looked whether the process has gone. */
const LOOK_INTERVAL_MS = 100;
/** A killed process is gone in this time, unless the system holds it. */
const KILL_WAIT_MS = 2_000;

export interface StopOptions {
  readonly pidFile: string;
  /** Open answers get this long to finish; then the process is killed. */
  readonly timeoutMs: number;
}

/** `sluice stop`: ends the process in order; what a killed one has left behind is removed. @returns the exit code */
export async function stopInstance(
  { pidFile, timeoutMs }: StopOptions,
  environment: InstanceEnvironment,
): Promise<number> {
  const { terminal } = environment;
  if (environment.platform === 'win32') return explainNoSignals(terminal, 'End the process or the service itself.');
  const found = await environment.find(pidFile);
  if (found.kind === 'none') {
    terminal.print(
      `Sluice is not running: there is no ${pidFile}. One in a terminal has none without --pid-file: stop it there by Ctrl-C.`,
    );
    return 0;
  }
  if (found.kind === 'stale') {
    environment.clean(pidFile);
    terminal.print(`Sluice is not running; ${pidFile} was left behind and is removed.`);
    return 0;
  }
  const { pid } = found;
  try {
    environment.signal(pid, 'SIGTERM');
  } catch (error) {
    terminal.warn(`Process ${pid} cannot be stopped: ${(error as Error).message}.`); // the system's errors are errors
    return EXIT_FAILURE;
  }
  if (await isGoneWithin(pid, timeoutMs, environment)) {
    terminal.print(`Sluice has stopped (process ${pid}).`);
    return 0;
  }
  environment.signal(pid, 'SIGKILL');
  if (!(await isGoneWithin(pid, KILL_WAIT_MS, environment))) {
    terminal.warn(`Process ${pid} does not end, not even when it is killed.`);
    return EXIT_FAILURE;
  }
  environment.clean(pidFile);
  terminal.warn(`Process ${pid} did not stop within ${timeoutMs / 1_000} s and was killed; open answers were cut off.`);
  return 0;
}

async function isGoneWithin(pid: number, timeoutMs: number, environment: InstanceEnvironment): Promise<boolean> {
  for (let waitedMs = 0; environment.isAlive(pid); waitedMs += LOOK_INTERVAL_MS) {
    if (waitedMs >= timeoutMs) return false;
    await environment.pause(LOOK_INTERVAL_MS);
  }
  return true;
}

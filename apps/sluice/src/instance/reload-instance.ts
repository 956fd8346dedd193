import { EXIT_FAILURE, EXIT_REFUSED, EXIT_STATUS } from './exit-codes.js';
import { explainNoSignals } from './explain-no-signals.js';
import type { InstanceEnvironment } from './instance-environment.js';
import type { LastReload } from './instance-state.js';

/** How often it is looked whether the process has read its configuration. */
const LOOK_INTERVAL_MS = 100;

export interface ReloadOptions {
  readonly pidFile: string;
  readonly timeoutMs: number;
}

/** `sluice reload`: makes the process read its configuration, and says what became of it. @returns the exit code: 2 = it was refused */
export async function reloadInstance(
  { pidFile, timeoutMs }: ReloadOptions,
  environment: InstanceEnvironment,
): Promise<number> {
  const { terminal } = environment;
  if (environment.platform === 'win32') {
    return explainNoSignals(terminal, 'It is not needed: the configuration is read again when its file is saved.');
  }
  const found = await environment.find(pidFile);
  if (found.kind !== 'running' || found.state === undefined) {
    const why = found.kind === 'running' ? 'Sluice is still starting' : 'Sluice is not running';
    terminal.warn(`${why}, as far as ${pidFile} tells. Give "run" the same --pid-file or --data.`);
    return found.kind === 'running' ? EXIT_FAILURE : EXIT_STATUS[found.kind];
  }
  const { pid, state } = found;
  try {
    environment.signal(pid, 'SIGHUP');
  } catch (error) {
    terminal.warn(`Process ${pid} cannot be told: ${(error as Error).message}.`); // the system's errors are errors
    return EXIT_FAILURE;
  }
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += LOOK_INTERVAL_MS) {
    await environment.pause(LOOK_INTERVAL_MS);
    const now = await environment.find(pidFile);
    if (now.kind !== 'running' || now.pid !== pid) {
      terminal.warn(`Process ${pid} has ended meanwhile.`);
      return EXIT_FAILURE;
    }
    const { reloads = 0, lastReload } = now.state ?? {};
    if (lastReload !== undefined && reloads > state.reloads) return tell(lastReload, environment);
  }
  terminal.warn(`Process ${pid} has not answered within ${timeoutMs / 1_000} s. Its log may say why.`);
  return EXIT_FAILURE;
}

function tell({ isApplied, lines }: LastReload, { terminal }: InstanceEnvironment): number {
  for (const line of lines) {
    if (isApplied) terminal.print(line);
    else terminal.warn(line);
  }
  return isApplied ? 0 : EXIT_REFUSED;
}

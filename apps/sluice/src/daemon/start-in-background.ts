import { EXIT_FAILURE } from '../instance/exit-codes.js';
import { explainNoSignals } from '../instance/explain-no-signals.js';
import { errorFileOf } from '../instance/pid-file-path.js';
import type { RunFlags } from '../run-flags.js';
import { PROCESS_TERMINAL } from '../terminal.js';
import { startDaemon } from './start-daemon.js';

/** `sluice run --daemon`: the same command, in a process of its own. @returns the exit code */
export function startInBackground(flags: RunFlags): Promise<number> | number {
  if (process.platform === 'win32') {
    return explainNoSignals(PROCESS_TERMINAL, 'Run it as a service with a tool for that, or in a terminal of its own.');
  }
  const [, program, ...args] = process.argv;
  if (program === undefined) return EXIT_FAILURE; // node always gives it
  const own = args.filter((arg) => arg !== '--daemon');
  const withCommand = own.includes('run') ? own : ['run', ...own];
  return startDaemon(
    { program, args: [...withCommand, '--background'], errorFile: errorFileOf(flags, process.env) },
    PROCESS_TERMINAL,
  );
}

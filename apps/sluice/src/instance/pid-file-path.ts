import { join } from 'node:path';

/** Where the data directory is when nobody says otherwise; as the configuration's own default. */
const DEFAULT_DATA_DIRECTORY = './.sluice';
const PID_FILE = 'sluice.pid';
const LOG_FOLDER = 'logs';

export interface InstanceFlags {
  readonly pidFile?: string | undefined;
  readonly data?: string | undefined;
}

/** The directory for what belongs to a running process. The file is not asked: `stop` must work when it cannot be read. */
export function dataDirectoryOf(flags: InstanceFlags, environment: NodeJS.ProcessEnv): string {
  return flags.data ?? (environment['SLUICE_DATA'] || DEFAULT_DATA_DIRECTORY);
}

/** The pid file that the commands about a running process mean. */
export function pidFileOf(flags: InstanceFlags, environment: NodeJS.ProcessEnv): string {
  return flags.pidFile ?? (environment['SLUICE_PID_FILE'] || join(dataDirectoryOf(flags, environment), PID_FILE));
}

/** Where a process in the background logs when neither a flag nor the configuration names a file. */
export function defaultLogFileOf(flags: InstanceFlags, environment: NodeJS.ProcessEnv): string {
  return join(dataDirectoryOf(flags, environment), LOG_FOLDER, 'sluice.log');
}

/** Where standard error of such a process goes: what node itself says before it dies. */
export function errorFileOf(flags: InstanceFlags, environment: NodeJS.ProcessEnv): string {
  return join(dataDirectoryOf(flags, environment), LOG_FOLDER, 'stderr.txt');
}

import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** What a running process tells the commands about it. Holds no secret. */
export interface InstanceState {
  readonly pid: number;
  readonly version: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Where it listens. */
  readonly url: string;
  /** Undefined = the demo account. */
  readonly configuration: string | undefined;
  readonly logFile: string | undefined;
  /** How often the configuration was read again. */
  readonly reloads: number;
  readonly lastReload?: LastReload;
}

/** What became of the last one. */
export interface LastReload {
  /** ISO 8601. */
  readonly at: string;
  readonly isApplied: boolean;
  /** For people. */
  readonly lines: readonly string[];
}

const OWNER_ONLY = 0o600;

/** Beside the pid file. */
export function stateFileOf(pidFile: string): string {
  return `${pidFile}.state.json`;
}

/** Replaces it as a whole: whoever reads it sees the old state or the new one. @throws the system's error */
export function writeInstanceState(pidFile: string, state: InstanceState): void {
  const file = stateFileOf(pidFile);
  const temporary = `${file}.${state.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify(state), { mode: OWNER_ONLY });
  renameSync(temporary, file);
}

/** @returns undefined = there is none, or it is of another process than `pid` */
export function readInstanceState(pidFile: string, pid: number): InstanceState | undefined {
  try {
    const state = JSON.parse(readFileSync(stateFileOf(pidFile), 'utf8')) as InstanceState; // we alone write it
    return state.pid === pid ? state : undefined;
  } catch {
    return undefined;
  }
}

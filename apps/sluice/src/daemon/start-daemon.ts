import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Terminal } from '../terminal.js';
import type { DaemonMessage } from './daemon-message.js';

/** From the start of the process until it listens; a waiting lock is part of it. */
const START_TIMEOUT_MS = 60_000;
const EXIT_FAILURE = 1;
/** The folder is below the data directory, where the logins will be: whoever makes it first keeps others out. */
const OWNER_ONLY = 0o700;

export interface DaemonOptions {
  /** The program and its arguments, as this process was given them, without `--daemon`. */
  readonly program: string;
  readonly args: readonly string[];
  /** What the process writes to standard error: the last words of node itself. Emptied at every start. */
  readonly errorFile: string;
}

/**
 * Starts a gateway that goes on when this process and its terminal have gone, and waits until it listens or has failed.
 * @returns the exit code: that of the gateway where it has failed
 */
export async function startDaemon({ program, args, errorFile }: DaemonOptions, terminal: Terminal): Promise<number> {
  mkdirSync(dirname(errorFile), { recursive: true, mode: OWNER_ONLY });
  const errors = openSync(errorFile, 'w', 0o640);
  const child = fork(program, [...args], {
    detached: true, // a session of its own: no terminal, no Ctrl-C
    stdio: ['ignore', 'ignore', errors, 'ipc'],
    env: { ...process.env, SLUICE_SKIP_BUILD: '1' }, // this process has built what was stale
  });
  closeSync(errors);
  const interrupt = (): void => void child.kill();
  process.once('SIGINT', interrupt);
  try {
    const { code, isExplained } = await outcomeOf(child, terminal);
    if (!isExplained) terminal.warn(`The background process has failed; ${errorFile} may say why.`);
    return code;
  } finally {
    process.removeListener('SIGINT', interrupt);
    if (child.connected) child.disconnect();
    child.unref();
  }
}

interface DaemonOutcome {
  readonly code: number;
  /** Whether the person who started it knows how it went. */
  readonly isExplained: boolean;
}

function outcomeOf(child: ChildProcess, terminal: Terminal): Promise<DaemonOutcome> {
  return new Promise((resolve) => {
    let isExplained = false;
    const end = (code: number): void => {
      clearTimeout(timer);
      resolve({ code, isExplained });
    };
    const timer = setTimeout(() => {
      terminal.warn(`The background process does not listen after ${START_TIMEOUT_MS / 1_000} s and was ended.`);
      child.kill('SIGKILL');
      end(EXIT_FAILURE);
    }, START_TIMEOUT_MS);
    child.on('message', (message) => {
      const told = message as DaemonMessage; // our own process sends nothing else
      isExplained = true;
      if (told.type === 'problem') return terminal.warn(told.line);
      terminal.print(told.banner.trimEnd());
      end(0);
    });
    child.once('error', (error) => {
      terminal.warn(`The background process could not be started: ${error.message}.`);
      end(EXIT_FAILURE);
    });
    child.once('exit', (code) => end(code ?? EXIT_FAILURE));
  });
}

import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Terminal } from '../terminal.js';
import { findInstance, isAlive, type FoundInstance } from './find-instance.js';
import { stateFileOf } from './instance-state.js';

/** What the commands about a running process use of the system. */
export interface InstanceEnvironment {
  readonly terminal: Terminal;
  readonly platform: NodeJS.Platform;
  find(pidFile: string): Promise<FoundInstance>;
  isAlive(pid: number): boolean;
  /** @throws the system's error */
  signal(pid: number, signal: NodeJS.Signals): void;
  pause(ms: number): Promise<unknown>;
  /** Removes what a process has left behind. */
  clean(pidFile: string): void;
}

/** The machine itself. */
export function systemEnvironment(terminal: Terminal): InstanceEnvironment {
  return {
    terminal,
    platform: process.platform,
    find: findInstance,
    isAlive,
    signal: (pid, signal) => void process.kill(pid, signal),
    pause: (ms) => sleep(ms),
    clean: (pidFile) => {
      for (const file of [pidFile, stateFileOf(pidFile)]) rmSync(file, { force: true });
    },
  };
}

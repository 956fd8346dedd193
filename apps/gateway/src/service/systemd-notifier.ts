import { spawn } from 'node:child_process';
import type { Logger } from '@sluice/core';

/** The program that speaks to systemd; it is part of it. */
const PROGRAM = 'systemd-notify';
/** It takes milliseconds; a service must not wait for it. */
const TIMEOUT_MS = 5_000;

/** Tells the service manager how the process is. Messages arrive in the order in which they are given. */
export class SystemdNotifier {
  #last: Promise<void> = Promise.resolve();
  #hasComplained = false;

  /** @param environment without `NOTIFY_SOCKET` nobody wants to know, and nothing is done */
  constructor(
    private readonly environment: NodeJS.ProcessEnv,
    private readonly logger: Logger,
  ) {}

  ready(status: string): Promise<void> {
    return this.#notify(['READY=1', `STATUS=${status}`]);
  }

  reloading(): Promise<void> {
    const monotonicUs = process.hrtime.bigint() / 1_000n; // the clock that systemd compares it with
    return this.#notify(['RELOADING=1', `MONOTONIC_USEC=${monotonicUs}`, 'STATUS=reads its configuration']);
  }

  stopping(): Promise<void> {
    return this.#notify(['STOPPING=1', 'STATUS=lets open answers finish']);
  }

  /** Never rejects: a gateway without somebody who listens still serves. */
  #notify(assignments: readonly string[]): Promise<void> {
    if (!this.environment['NOTIFY_SOCKET']) return Promise.resolve();
    this.#last = this.#last.then(() => this.#run(assignments));
    return this.#last;
  }

  #run(assignments: readonly string[]): Promise<void> {
    return new Promise((resolve) => {
      const child = spawn(PROGRAM, assignments, { env: this.environment, stdio: 'ignore' });
      const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS).unref();
      const end = (reason?: string): void => {
        clearTimeout(timer);
        if (reason !== undefined) this.#complain(reason);
        resolve();
      };
      child.once('error', (error) => end(error.message));
      child.once('exit', (code, signal) => {
        if (code === 0) end();
        else end(signal === null ? `exit code ${code}` : `ended by ${signal}`);
      });
    });
  }

  #complain(reason: string): void {
    if (this.#hasComplained) return;
    this.#hasComplained = true;
    this.logger.warn(`${PROGRAM} failed, so systemd does not know how this service is`, { reason });
  }
}

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, readPidFile } from './find-instance.js';
import { LOCK_STALE_MS, takeInstanceLock } from './instance-lock.js';
import { stateFileOf, writeInstanceState, type InstanceState } from './instance-state.js';

/** While the lock of a killed process grows old, it is asked for this often … */
const RETRY_MS = 250;
/** … and for so long. */
const MAX_WAIT_MS = LOCK_STALE_MS + 1_000;

/** The folder is mostly the data directory, where the logins will be: whoever makes it first keeps others out. */
const OWNER_ONLY = 0o700;

/** A pid file cannot be had. Its message is a sentence for the operator. */
export class InstanceClaimError extends Error {
  override readonly name = 'InstanceClaimError';
}

export interface ClaimOptions {
  readonly pidFile: string;
  /** Called when somebody has taken the lock away; the process goes on. */
  readonly onLost: (error: Error) => void;
  /** Default: the machine's timer. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** That this process is the one that a pid file names, until it is released or the process ends. */
export class InstanceClaim {
  #isLost = false;
  readonly #removeFiles = (): void => {
    if (this.#isLost) return; // they may be another's by now
    for (const file of [this.pidFile, stateFileOf(this.pidFile)]) rmSync(file, { force: true });
  };

  #unlock: () => Promise<void> = () => Promise.resolve();

  private constructor(readonly pidFile: string) {}

  /**
   * Takes the lock first and writes the process number then, so that a second start leaves the first one's number alone.
   * @throws InstanceClaimError when another process runs with this pid file; the system's error
   */
  static async take({ pidFile, onLost, pause = sleep }: ClaimOptions): Promise<InstanceClaim> {
    mkdirSync(dirname(pidFile), { recursive: true, mode: OWNER_ONLY });
    const claim = new InstanceClaim(pidFile);
    const lose = (error: Error): void => {
      claim.#isLost = true;
      onLost(error);
    };
    for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
      const unlock = await takeInstanceLock(pidFile, lose);
      if (unlock !== undefined) {
        claim.#unlock = unlock;
        process.once('exit', claim.#removeFiles);
        writeFileSync(pidFile, String(process.pid));
        return claim;
      }
      const pid = Number(readPidFile(pidFile) ?? Number.NaN);
      if (isAlive(pid) || waitedMs >= MAX_WAIT_MS) throw new InstanceClaimError(explain(pidFile, pid));
      await pause(RETRY_MS);
    }
  }

  /** Tells the commands how the process is. @throws the system's error */
  publish(state: InstanceState): void {
    writeInstanceState(this.pidFile, state);
  }

  async release(): Promise<void> {
    process.removeListener('exit', this.#removeFiles);
    this.#removeFiles();
    await this.#unlock().catch(() => {}); // somebody has taken it away, and that has been said
  }
}

function explain(pidFile: string, pid: number): string {
  const who = Number.isInteger(pid) ? `process ${pid}` : 'a process that is just starting';
  return `--pid-file: another Sluice runs with ${pidFile} (${who}). Stop it with "sluice stop", or name another file.`;
}

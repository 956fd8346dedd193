/** The first new attempt comes so long after a failure; the pause doubles … */
export const FIRST_LATER_MS = 5_000;
/** … up to this. */
export const LONGEST_LATER_MS = 300_000;
/** How long the end of a process waits for the last attempts. */
export const LAST_TRY_MS = 3_000;
/** More than this wait never; the one that was added first is given up. */
export const MAX_WAITING_ATTEMPTS = 10_000;

/** Calls something once, later. The returned function forgets it. */
export type CallLater = (ms: number, call: () => void) => () => void;

/**
 * What could not be written is tried again later, by itself, until it succeeds, is replaced by something newer, or the process
 * ends. One attempt per key; all of them are tried together, one after the other.
 */
export class LaterAttempts {
  readonly #waiting = new Map<string, () => Promise<void>>();
  #pauseMs = FIRST_LATER_MS;
  #forgetCall: (() => void) | undefined;
  #running: Promise<void> | undefined;

  /** @param callLater default: a timer that keeps no process alive */
  constructor(private readonly callLater: CallLater = callWhileAlive) {}

  has(key: string): boolean {
    return this.#waiting.has(key);
  }

  /** @param attempt rejects when it is to be tried again */
  add(key: string, attempt: () => Promise<void>): void {
    this.#waiting.delete(key);
    this.#waiting.set(key, attempt);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > MAX_WAITING_ATTEMPTS && oldest !== undefined) this.#waiting.delete(oldest);
    this.#schedule();
  }

  delete(key: string): void {
    this.#waiting.delete(key);
    if (this.#waiting.size === 0) this.#forget();
  }

  /**
   * Tries everything once more, for the end of a process. Never rejects.
   * @param signal ends the waiting; default: after {@link LAST_TRY_MS}
   */
  async lastTry(signal = AbortSignal.timeout(LAST_TRY_MS)): Promise<void> {
    if (this.#waiting.size === 0) return;
    const tooLate = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([this.tryNow(), tooLate]);
  }

  /** Tries everything once, now. Never rejects. */
  tryNow(): Promise<void> {
    return (this.#running ??= this.#tryAll().finally(() => {
      this.#running = undefined;
      this.#schedule();
    }));
  }

  async #tryAll(): Promise<void> {
    this.#forgetCall?.();
    this.#forgetCall = undefined;
    for (const [key, attempt] of [...this.#waiting]) {
      if (this.#waiting.get(key) !== attempt) continue; // replaced meanwhile
      try {
        await attempt();
      } catch {
        continue; // said when it failed first
      }
      if (this.#waiting.get(key) === attempt) this.#waiting.delete(key);
    }
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_LATER_MS);
    if (this.#waiting.size === 0) this.#forget();
  }

  #schedule(): void {
    if (this.#waiting.size === 0 || this.#forgetCall !== undefined || this.#running !== undefined) return;
    this.#forgetCall = this.callLater(this.#pauseMs, () => {
      this.#forgetCall = undefined;
      void this.tryNow();
    });
  }

  #forget(): void {
    this.#forgetCall?.();
    this.#forgetCall = undefined;
    this.#pauseMs = FIRST_LATER_MS;
  }
}

function callWhileAlive(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms).unref();
  return () => clearTimeout(timer);
}

/** A bounded number of things at the same time, and a bounded number that wait, first come first served. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(
    private readonly maxRunning: number,
    private readonly maxWaiting: number,
  ) {}

  /**
   * Waits for a turn.
   * @returns what ends the turn; undefined when too many wait already
   * @throws the signal's reason when it aborts first
   */
  async take(signal: AbortSignal): Promise<(() => void) | undefined> {
    signal.throwIfAborted();
    if (this.#running >= this.maxRunning) {
      if (this.#waiting.length >= this.maxWaiting) return undefined;
      await this.#wait(signal);
    } else {
      this.#running += 1;
    }
    return () => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next(); // the turn is handed over, so that nobody slips in between
    };
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', give);
        resolve();
      };
      const give = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', give, { once: true });
      this.#waiting.push(go);
    });
  }
}

/** Lets somebody wait for a condition over state that announces its changes. */
export class ChangeSignal {
  readonly #listeners = new Set<() => void>();

  /** Something changed. */
  emit(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Resolves once the condition holds; rejects after `timeoutMs`. */
  waitUntil(condition: () => boolean, timeoutMs: number): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        this.#listeners.delete(check);
        finish();
      };
      const check = (): void => {
        if (condition()) settle(resolve);
      };
      const timer = setTimeout(
        () => settle(() => reject(new Error(`waited ${timeoutMs} ms for the mock upstream: ${condition.toString()}`))),
        timeoutMs,
      );
      this.#listeners.add(check);
    });
  }
}

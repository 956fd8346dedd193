/**
 * A one-shot "stop this" that costs nothing to make, for the inference path (an AbortController costs microseconds there).
 * Listeners registered after `cancel` are called at once.
 */
export class Cancellation {
  #reason: unknown;
  #isCancelled = false;
  #listeners: ((reason: unknown) => void)[] | undefined;

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  get reason(): unknown {
    return this.#reason;
  }

  /** Calls every listener, once. Idempotent. */
  cancel(reason: unknown): void {
    if (this.#isCancelled) return;
    this.#isCancelled = true;
    this.#reason = reason;
    const listeners = this.#listeners;
    this.#listeners = undefined;
    if (listeners !== undefined) for (const listener of listeners) listener(reason);
  }

  /** Registers a listener; the returned function takes it away again. */
  onCancel(listener: (reason: unknown) => void): () => void {
    if (this.#isCancelled) {
      listener(this.#reason);
      return () => {};
    }
    (this.#listeners ??= []).push(listener);
    return () => {
      const at = this.#listeners?.indexOf(listener) ?? -1;
      if (at >= 0) this.#listeners?.splice(at, 1);
    };
  }
}

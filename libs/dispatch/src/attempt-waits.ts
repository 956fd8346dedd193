import type { Clock } from '@sluice/core';
import type { AttemptProgress } from './attempt-progress.js';
import type { Exchange } from './exchange.js';
import type { Pause } from './pause.js';

/** The first pause before an account is asked again; doubled each time. */
export const SAME_ACCOUNT_PAUSE_MS = 250;

/** Whether a request may go on, and the waits on the way: for pauses, for a cooldown that ends soon, for who failed in passing. */
export class AttemptWaits {
  constructor(
    private readonly clock: Clock,
    private readonly pause: Pause,
  ) {}

  /** Whether no further call may begin. The first one is always sent, however long the request took to arrive. */
  isSpent({ exchange, hasTried }: AttemptProgress): boolean {
    if (exchange.cancellation.isCancelled) return true;
    const { maxAttempts, deadlineMs } = exchange.snapshot.settings.retry;
    const elapsedMs = this.clock.now() - exchange.startedAtMs;
    return hasTried && (exchange.attempts >= maxAttempts || elapsedMs > deadlineMs);
  }

  /** No single pause is longer, and none goes beyond the request's deadline. */
  isTooLong(waitMs: number, { snapshot, startedAtMs }: Exchange): boolean {
    const { maxWaitMs, deadlineMs } = snapshot.settings.retry;
    return waitMs > Math.min(maxWaitMs, startedAtMs + deadlineMs - this.clock.now());
  }

  /**
   * Nobody else of the target is left, so the first of those that only need a short pause is given one.
   * @returns whether somebody was
   */
  async hasPaused({ exchange, pausedUntilMs }: AttemptProgress): Promise<boolean> {
    if (pausedUntilMs === undefined) return false;
    const waitMs = this.#msUntil(pausedUntilMs);
    if (this.isTooLong(waitMs, exchange)) return false;
    await this.pause.wait(waitMs, exchange.cancellation);
    return true;
  }

  /** No target has anybody left: whether to go through them once more. Waits first where that helps. */
  async mayGoOn(progress: AttemptProgress): Promise<boolean> {
    if (progress.heedsWishes) {
      progress.heedsWishes = false;
      return true;
    }
    return (await this.#hasWaited(progress)) || (await this.#hasBroughtBack(progress));
  }

  /** Nobody is left, but somebody is back soon: worth one wait. */
  async #hasWaited(progress: AttemptProgress): Promise<boolean> {
    const { exchange, firstBackMs, hasWaited } = progress;
    if (firstBackMs === undefined || hasWaited) return false;
    const waitMs = this.#msUntil(firstBackMs);
    if (this.isTooLong(waitMs, exchange)) return false;
    progress.hasWaited = true;
    await this.pause.wait(waitMs, exchange.cancellation);
    return true;
  }

  /** Nobody else is left, so who failed in passing is asked once more. */
  async #hasBroughtBack(progress: AttemptProgress): Promise<boolean> {
    const { exchange } = progress;
    if (this.isTooLong(SAME_ACCOUNT_PAUSE_MS, exchange)) return false;
    if (this.isSpent(progress) || !progress.bringBack()) return false;
    await this.pause.wait(SAME_ACCOUNT_PAUSE_MS, exchange.cancellation);
    return true;
  }

  #msUntil(instantMs: number): number {
    return Math.max(0, instantMs - this.clock.now());
  }
}

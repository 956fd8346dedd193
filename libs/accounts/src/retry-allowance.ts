import type { RetryBudgetSettings } from '@sluice/config';

/** What is saved up at most: the least allowance of so much time, in milliseconds. */
export const RETRY_RESERVE_MS = 10_000;
/** And so many repetitions that requests have paid for. */
export const MAX_SAVED_RETRIES = 1_000;

const MS_PER_SECOND = 1_000;
const WHOLE_PERCENT = 100;

/**
 * How many calls to one vendor may be repetitions: a share of the requests to it, and in any case a few a second. When the vendor
 * is down its load then grows by that share, not by the number of attempts. Pure: time is told.
 */
export class RetryAllowance {
  #saved = 0;
  #spentOfReserve = 0;
  #refilledAtMs = 0;

  /** A request's first call. */
  earn({ percent }: RetryBudgetSettings): void {
    this.#saved = Math.min(this.#saved + percent / WHOLE_PERCENT, MAX_SAVED_RETRIES);
  }

  /** Whether a call may be repeated now. */
  admits(settings: RetryBudgetSettings, nowMs: number): boolean {
    return this.#saved >= 1 || this.#reserve(settings, nowMs) >= 1;
  }

  /** A repeated call is begun. */
  spend({ minPerSecond }: RetryBudgetSettings, nowMs: number): void {
    if (this.#saved >= 1) {
      this.#saved -= 1;
      return;
    }
    this.#spentOfReserve = this.#outstanding(minPerSecond, nowMs) + 1;
    this.#refilledAtMs = nowMs;
  }

  #reserve({ minPerSecond }: RetryBudgetSettings, nowMs: number): number {
    return (minPerSecond * RETRY_RESERVE_MS) / MS_PER_SECOND - this.#outstanding(minPerSecond, nowMs);
  }

  /** What has been taken from the reserve and not yet come back. */
  #outstanding(minPerSecond: number, nowMs: number): number {
    const refilled = (Math.max(0, nowMs - this.#refilledAtMs) * minPerSecond) / MS_PER_SECOND;
    return Math.max(0, this.#spentOfReserve - refilled);
  }
}

import type { RetryBudgetSettings } from '@sluice/config';

/** What is saved up at most: the least allowance of so much time, in milliseconds. */
export const RETRY_RESERVE_MS = 10_000;
/** And so many repetitions that requests have paid for … */
export const MAX_SAVED_RETRIES = 1_000;
/** … as long as they are not older than one to two such terms: what was saved in a quiet hour must not fall on a sick vendor at once. */
export const SAVING_TERM_MS = 10_000;

const MS_PER_SECOND = 1_000;
/** In percent of a call, so that sums are exact. */
const ONE_RETRY = 100;

/**
 * How many calls to one vendor may be repetitions: a share of the requests to it, and in any case a few a second. When the vendor
 * is down its load then grows by that share, not by the number of attempts. Pure: time is told.
 */
export class RetryAllowance {
  #savedPercent = 0;
  #olderPercent = 0;
  #termSinceMs = 0;
  #spentOfReserve = 0;
  #refilledAtMs = 0;

  /** A request's first call. */
  earn({ percent }: RetryBudgetSettings, nowMs: number): void {
    this.#dropOld(nowMs);
    const room = MAX_SAVED_RETRIES * ONE_RETRY - this.#olderPercent;
    this.#savedPercent = Math.min(this.#savedPercent + percent, room);
  }

  /** Whether a call may be repeated now. */
  admits(settings: RetryBudgetSettings, nowMs: number): boolean {
    this.#dropOld(nowMs);
    return this.#olderPercent + this.#savedPercent >= ONE_RETRY || this.#reserve(settings, nowMs) >= 1;
  }

  /** A repeated call is begun. */
  spend({ minPerSecond }: RetryBudgetSettings, nowMs: number): void {
    this.#dropOld(nowMs);
    if (this.#olderPercent + this.#savedPercent >= ONE_RETRY) {
      const older = Math.min(this.#olderPercent, ONE_RETRY);
      this.#olderPercent -= older;
      this.#savedPercent -= ONE_RETRY - older;
      return;
    }
    this.#spentOfReserve = this.#outstanding(minPerSecond, nowMs) + 1;
    this.#refilledAtMs = nowMs;
  }

  #dropOld(nowMs: number): void {
    const ageMs = nowMs - this.#termSinceMs;
    if (ageMs < SAVING_TERM_MS) return;
    this.#olderPercent = ageMs < 2 * SAVING_TERM_MS ? this.#savedPercent : 0;
    this.#savedPercent = 0;
    this.#termSinceMs = nowMs;
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

import { Clock } from '@sluice/core';

/** A clock that a test moves. It never moves by itself. */
export class FakeClock extends Clock {
  #nowMs: number;

  /** @param nowMs where it stands at first, in milliseconds since the epoch; an ordinary date unless told otherwise. */
  constructor(nowMs = Date.UTC(2026, 0, 1)) {
    super();
    this.#nowMs = nowMs;
  }

  override now(): number {
    return this.#nowMs;
  }

  /**
   * Moves on by `ms` milliseconds.
   * @throws RangeError when `ms` is negative; going back is a deliberate act: `set`.
   */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`a clock does not advance by ${ms} ms`);
    this.#nowMs += ms;
  }

  /** Jumps to an instant, forwards or backwards, as a corrected machine clock does. */
  set(nowMs: number): void {
    this.#nowMs = nowMs;
  }
}

import type { CircuitSettings } from '@sluice/config';

/** Failures are counted over about this time, in two halves of which the older is dropped. */
export const CIRCUIT_WINDOW_MS = 60_000;
/** A probe that has not ended by then is taken for lost, and another is sent. */
export const MAX_PROBE_MS = 60_000;
/** While a probe is under way others may ask again after this time. */
export const PROBE_WAIT_MS = 1_000;

const HALF_WINDOW_MS = CIRCUIT_WINDOW_MS / 2;
const LEAST_FAILED_SHARE = 0.5;

export type CircuitState = 'closed' | 'open' | 'half-open';

/**
 * Keeps calls from a vendor that is known to be sick. Pure: time is told, in milliseconds since the epoch.
 *
 * ```text
 *            enough failures, and half of all            openMs later
 *   closed ───────────────────────────────────▶ open ────────────────▶ half-open: one probe
 *     ▲                                           ▲                        │ │
 *     │                                           └──────── it fails ──────┘ │
 *     └───────────────────────────────── it succeeds ────────────────────────┘
 * ```
 */
export class CircuitBreaker {
  #openUntilMs = 0;
  #isClosed = true;
  #probeSinceMs: number | undefined;
  #halfSinceMs = 0;
  #calls = 0;
  #failures = 0;
  #olderCalls = 0;
  #olderFailures = 0;

  stateAt(nowMs: number): CircuitState {
    if (this.#isClosed) return 'closed';
    return nowMs < this.#openUntilMs ? 'open' : 'half-open';
  }

  /** Whether a call may be begun now. */
  admits(nowMs: number): boolean {
    return this.#isClosed || (nowMs >= this.#openUntilMs && !this.#isProbing(nowMs));
  }

  /** When to ask again whether a call may be begun. */
  retryAtMs(nowMs: number): number {
    return this.stateAt(nowMs) === 'open' ? this.#openUntilMs : nowMs + PROBE_WAIT_MS;
  }

  /** A call is begun. */
  begin(nowMs: number): void {
    if (!this.#isClosed) this.#probeSinceMs = nowMs;
  }

  /** A call that was begun at `begunAtMs` has ended without a word about the vendor. */
  abandon(begunAtMs: number): void {
    if (this.#probeSinceMs === begunAtMs) this.#probeSinceMs = undefined;
  }

  succeed(begunAtMs: number, nowMs: number): void {
    if (this.#isClosed) {
      this.#count(nowMs, 0);
    } else if (this.#probeSinceMs !== undefined && begunAtMs >= this.#probeSinceMs) {
      this.#close(nowMs);
    }
  }

  /** @returns whether the circuit is open from now on */
  fail(begunAtMs: number, nowMs: number, { failures, openMs }: CircuitSettings): boolean {
    if (!this.#isClosed) {
      const isProbe = this.#probeSinceMs !== undefined && begunAtMs >= this.#probeSinceMs;
      if (isProbe) this.#open(nowMs + openMs);
      return isProbe;
    }
    this.#count(nowMs, 1);
    const failed = this.#failures + this.#olderFailures;
    const calls = this.#calls + this.#olderCalls;
    if (failed < failures || failed < calls * LEAST_FAILED_SHARE) return false;
    this.#open(nowMs + openMs);
    return true;
  }

  #isProbing(nowMs: number): boolean {
    return this.#probeSinceMs !== undefined && nowMs < this.#probeSinceMs + MAX_PROBE_MS;
  }

  #open(untilMs: number): void {
    this.#isClosed = false;
    this.#openUntilMs = untilMs;
    this.#probeSinceMs = undefined;
  }

  #close(nowMs: number): void {
    this.#isClosed = true;
    this.#probeSinceMs = undefined;
    this.#halfSinceMs = nowMs;
    this.#calls = this.#failures = this.#olderCalls = this.#olderFailures = 0;
  }

  #count(nowMs: number, failures: number): void {
    const ageMs = nowMs - this.#halfSinceMs;
    if (ageMs >= HALF_WINDOW_MS) {
      const isRecent = ageMs < CIRCUIT_WINDOW_MS;
      this.#olderCalls = isRecent ? this.#calls : 0;
      this.#olderFailures = isRecent ? this.#failures : 0;
      this.#calls = this.#failures = 0;
      this.#halfSinceMs = nowMs;
    }
    this.#calls += 1;
    this.#failures += failures;
  }
}

import { AccountLease } from './account-lease.js';
import type { AccountState } from './account-state.js';
import type { Candidate } from './candidate.js';

/**
 * Picks one of several accounts. Accounts without a cooldown come before softly cooling ones, a lower priority number before
 * a higher one; among equals they take turns in proportion to their weights, evenly spread (smooth weighted round-robin:
 * everybody's turn grows by their weight, the highest is picked and pays the sum of all weights). Weight 0 = never
 * while an equal has a weight.
 *
 * Reused from pick to pick, because this runs on every request.
 */
export class AccountRotation {
  readonly #candidates: Candidate[] = [];
  readonly #states: AccountState[] = [];
  #areCooling = false;
  #priority = 0;

  /** Enters an account that could be used now. */
  enter(candidate: Candidate, state: AccountState, isCooling: boolean): void {
    const { priority } = candidate.declaration;
    if (this.#candidates.length > 0) {
      const standing = Number(isCooling) - Number(this.#areCooling) || priority - this.#priority;
      if (standing > 0) return;
      if (standing < 0) this.#empty();
    }
    this.#areCooling = isCooling;
    this.#priority = priority;
    this.#candidates.push(candidate);
    this.#states.push(state);
  }

  /** Leases the one whose turn it is and forgets all others; undefined = nobody was entered. */
  leaseNext(nowMs: number): AccountLease | undefined {
    let candidate: Candidate | undefined;
    let next: AccountState | undefined;
    let weights = 0;
    for (let at = 0; at < this.#candidates.length; at += 1) {
      const contender = this.#candidates[at] as Candidate; // both lists are equally long
      const state = this.#states[at] as AccountState;
      const { weight } = contender.declaration;
      weights += weight;
      state.turn += weight;
      if (next === undefined || state.turn > next.turn) [candidate, next] = [contender, state];
    }
    this.#empty();
    if (candidate === undefined || next === undefined) return undefined;
    next.turn -= weights;
    return new AccountLease(candidate, next, nowMs);
  }

  #empty(): void {
    this.#candidates.length = 0;
    this.#states.length = 0;
  }
}

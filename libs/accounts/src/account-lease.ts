import type { UpstreamFailure } from '@sluice/core';
import type { AccountDeclaration } from '@sluice/config';
import type { AccountState } from './account-state.js';
import type { Candidate } from './candidate.js';

/** How a leased account did. `nowMs`: when the attempt failed, in milliseconds since the epoch. */
export type LeaseOutcome =
  | { readonly type: 'success' }
  | { readonly type: 'failure'; readonly failure: UpstreamFailure; readonly nowMs: number }
  /** The client went away, or the call was never sent: it says nothing about the account. */
  | { readonly type: 'cancelled' };

/** The right to send one call through an account. Whoever holds it must release it. */
export class AccountLease {
  #isReleased = false;
  readonly #state: AccountState;
  readonly #leasedAtMs: number;

  /** Counts as begun from here on. */
  constructor(
    private readonly candidate: Candidate,
    state: AccountState,
    leasedAtMs: number,
  ) {
    this.#state = state;
    this.#leasedAtMs = leasedAtMs;
    state.inFlight += 1;
  }

  get declaration(): AccountDeclaration {
    return this.candidate.declaration;
  }

  /** The vendor's model id. */
  get model(): string {
    return this.candidate.model;
  }

  /** Gives the account back. Only the first call counts. */
  release(outcome: LeaseOutcome): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#state.inFlight -= 1;
    const { model, declaration } = this.candidate;
    const { cooldowns } = this.#state;
    if (outcome.type === 'success') cooldowns.clear(model, this.#leasedAtMs);
    if (outcome.type === 'failure' && declaration.cooldownEnabled) {
      cooldowns.note({ model, failure: outcome.failure, leasedAtMs: this.#leasedAtMs, nowMs: outcome.nowMs });
    }
  }
}

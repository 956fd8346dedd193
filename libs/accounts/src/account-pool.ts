import type { GatewayError } from '@sluice/core';
import type { AccountDeclaration } from '@sluice/config';
import type { AccountLease } from './account-lease.js';
import { AccountRotation } from './account-rotation.js';
import { AccountState, accountStateKey } from './account-state.js';
import type { Candidate } from './candidate.js';
import type { Cooldown } from './cooldown-book.js';

export interface LeaseRequest {
  readonly candidates: readonly Candidate[];
  /** Ids of accounts that must not be used, such as those already tried. */
  readonly exclude: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/**
 * A lease, or why there is none. `excluded`: every candidate is excluded, or there was none to begin with. `busy`: at least one
 * is at its `maxConcurrency`, and the others cannot be used either. `cooling`: all that are not excluded must not be
 * asked now; the first rests until `earliestMs` (since the epoch) because of `cause`.
 */
export type LeaseResult =
  | { readonly lease: AccountLease; readonly none?: undefined }
  | { readonly lease?: undefined; readonly none: 'excluded' | 'busy' }
  | { readonly lease?: undefined; readonly none: 'cooling'; readonly earliestMs: number; readonly cause: GatewayError };

const EXCLUDED: LeaseResult = { none: 'excluded' };
const BUSY: LeaseResult = { none: 'busy' };

/** Chooses accounts and remembers how they did. In the memory of this process; everything is synchronous. */
export class AccountPool {
  readonly #states = new Map<string, AccountState>();
  readonly #stateOf = new WeakMap<AccountDeclaration, AccountState>();
  readonly #rotation = new AccountRotation();

  /** Leases the best candidate for one call. A hard cooldown is kept to; a soft one only while there is somebody else. */
  lease({ candidates, exclude, nowMs }: LeaseRequest): LeaseResult {
    let isAnyBusy = false;
    let firstBack: Cooldown | undefined;
    for (const candidate of candidates) {
      const { declaration, model } = candidate;
      if (exclude.has(declaration.account.id)) continue;
      const state = this.#state(declaration);
      const cooldown = declaration.cooldownEnabled ? state.cooldowns.find(model, nowMs) : undefined;
      if (cooldown?.strength === 'hard') {
        if (firstBack === undefined || cooldown.untilMs < firstBack.untilMs) firstBack = cooldown;
      } else if (declaration.maxConcurrency !== undefined && state.inFlight >= declaration.maxConcurrency) {
        isAnyBusy = true;
      } else {
        this.#rotation.enter(candidate, state, cooldown !== undefined);
      }
    }
    const lease = this.#rotation.leaseNext(nowMs);
    if (lease !== undefined) return { lease };
    if (isAnyBusy) return BUSY;
    if (firstBack === undefined) return EXCLUDED;
    return { none: 'cooling', earliestMs: firstBack.untilMs, cause: firstBack.cause };
  }

  /** Drops the state of every account that is no longer declared and not leased. To be called with every new snapshot. */
  retainOnly(declarations: readonly AccountDeclaration[]): void {
    const declared = new Set(declarations.map(accountStateKey));
    for (const [key, state] of this.#states) {
      if (state.inFlight === 0 && !declared.has(key)) this.#states.delete(key);
    }
  }

  #state(declaration: AccountDeclaration): AccountState {
    const known = this.#stateOf.get(declaration);
    if (known !== undefined) return known;
    const key = accountStateKey(declaration);
    const state = this.#states.get(key) ?? new AccountState();
    this.#states.set(key, state);
    this.#stateOf.set(declaration, state);
    return state;
  }
}

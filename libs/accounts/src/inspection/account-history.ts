import type { GatewayErrorKind } from '@sluice/core';

/** How calls to an account have ended. `failed`: the vendor refused or failed before it answered. */
export const ATTEMPT_OUTCOMES = ['completed', 'failed', 'broken', 'client-closed'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** Accounts that are remembered; beyond it the one that was used first is forgotten. */
export const MAX_REMEMBERED_ACCOUNTS = 10_000;

/** What went wrong last. Holds no secret. */
export interface LastFailure {
  readonly kind: GatewayErrorKind;
  readonly message: string;
  readonly model: string;
  /** The request that met it: the log says more under this id. */
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** How an account has done since the process began. */
export interface AccountRecord {
  readonly counts: Readonly<Record<AttemptOutcome, number>>;
  /** Absent = nothing has gone wrong. */
  readonly lastFailure?: LastFailure;
}

interface Tally {
  readonly counts: Record<AttemptOutcome, number>;
  lastFailure?: LastFailure;
}

/** Remembers how calls to accounts have ended, for people who look. Nothing is decided by it. */
export class AccountHistory {
  readonly #tallies = new Map<string, Tally>();

  of(accountId: string): AccountRecord {
    const tally = this.#tallies.get(accountId);
    return tally === undefined ? { counts: noCounts() } : { ...tally, counts: { ...tally.counts } };
  }

  /** A call has ended otherwise than by a failure. Hot path: one look-up and one addition. */
  ended(accountId: string, outcome: Exclude<AttemptOutcome, 'failed'>): void {
    this.#tally(accountId).counts[outcome] += 1;
  }

  failed(accountId: string, failure: LastFailure): void {
    const tally = this.#tally(accountId);
    tally.counts.failed += 1;
    tally.lastFailure = failure;
  }

  /** Forgets every other account. */
  retainOnly(accountIds: ReadonlySet<string>): void {
    for (const id of this.#tallies.keys()) if (!accountIds.has(id)) this.#tallies.delete(id);
  }

  #tally(accountId: string): Tally {
    const known = this.#tallies.get(accountId);
    if (known !== undefined) return known;
    if (this.#tallies.size >= MAX_REMEMBERED_ACCOUNTS) this.#forgetFirst();
    const fresh: Tally = { counts: noCounts() };
    this.#tallies.set(accountId, fresh);
    return fresh;
  }

  #forgetFirst(): void {
    const first = this.#tallies.keys().next();
    if (first.done !== true) this.#tallies.delete(first.value);
  }
}

function noCounts(): Record<AttemptOutcome, number> {
  return { completed: 0, failed: 0, broken: 0, 'client-closed': 0 };
}

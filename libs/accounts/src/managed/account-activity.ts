/** How one account did since the process began. Times in milliseconds since the epoch. */
export interface Activity {
  readonly successes: number;
  /** Failed calls since the last success. */
  readonly failures: number;
  readonly lastUsedAtMs: number | undefined;
}

const NONE: Activity = { successes: 0, failures: 0, lastUsedAtMs: undefined };

/** Accounts that are counted; beyond it the one that was used first is forgotten. */
export const MAX_COUNTED_ACCOUNTS = 10_000;

/** Counts calls by account, for people who look. Nothing is decided by it. */
export class AccountActivity {
  readonly #byId = new Map<string, Activity>();

  of(accountId: string): Activity {
    return this.#byId.get(accountId) ?? NONE;
  }

  succeeded(accountId: string, nowMs: number): void {
    this.#note(accountId, { successes: this.of(accountId).successes + 1, failures: 0, lastUsedAtMs: nowMs });
  }

  failed(accountId: string): void {
    const known = this.of(accountId);
    this.#note(accountId, { ...known, failures: known.failures + 1 });
  }

  /** Begins counting anew. */
  forget(accountId: string): void {
    this.#byId.delete(accountId);
  }

  #note(accountId: string, activity: Activity): void {
    if (!this.#byId.has(accountId) && this.#byId.size >= MAX_COUNTED_ACCOUNTS) {
      const first = this.#byId.keys().next();
      if (first.done !== true) this.#byId.delete(first.value);
    }
    this.#byId.set(accountId, activity);
  }
}

import type { Account } from '@sluice/provider-kit';

/** How long a fallback is asked first before the first choice gets another chance. */
export const FALLBACK_STICKS_MS = 10 * 60 * 1000;

interface Preference {
  readonly index: number;
  readonly untilMs: number;
}

/** Which of an account's ways of asking answered last. Forgotten with the account's declaration. */
export class EndpointMemory {
  readonly #preferences = new WeakMap<Account, Preference>();

  /** Positions in the account's order, the one to begin with first. */
  order(account: Account, count: number, nowMs: number): readonly number[] {
    const preference = this.#preferences.get(account);
    const first = preference === undefined || preference.untilMs <= nowMs ? 0 : preference.index % count;
    return Array.from({ length: count }, (_item, offset) => (first + offset) % count);
  }

  /** The next call begins with this one. */
  prefer(account: Account, index: number, nowMs: number): void {
    if (index === 0) this.#preferences.delete(account);
    else this.#preferences.set(account, { index, untilMs: nowMs + FALLBACK_STICKS_MS });
  }
}

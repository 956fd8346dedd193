/** Accounts that metrics tell apart; the others are summed. */
export const MAX_ACCOUNT_LABELS = 1_000;
/** The label of accounts beyond the bound. */
export const OTHER_ACCOUNT = 'other';

/**
 * Which value the label `account` has. Bounded, as every value is several time series. An account keeps its label as long as it is
 * declared, so that sums only grow.
 */
export class AccountLabels {
  readonly #known = new Set<string>();

  constructor(private readonly maxLabels = MAX_ACCOUNT_LABELS) {}

  of(accountId: string): string {
    if (this.#known.has(accountId)) return accountId;
    if (this.#known.size >= this.maxLabels) return OTHER_ACCOUNT;
    this.#known.add(accountId);
    return accountId;
  }

  /** Makes the labels of all other accounts free. @returns those */
  retainOnly(accountIds: ReadonlySet<string>): readonly string[] {
    const gone = [...this.#known].filter((id) => !accountIds.has(id));
    for (const id of gone) this.#known.delete(id);
    return gone;
  }
}

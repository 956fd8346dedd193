import type { Account } from '@sluice/provider-kit';

/** Models of one account that are remembered; the one that was noted first is forgotten, and costs one refused call again. */
export const MAX_REMEMBERED_MODELS = 64;

/** Which models of an account take no members of their own for thinking. Forgotten with the account's declaration. */
export class ModelFieldsMemory {
  readonly #refusing = new WeakMap<Account, Set<string>>();

  isRefused(account: Account, model: string): boolean {
    return this.#refusing.get(account)?.has(model) === true;
  }

  noteRefusal(account: Account, model: string): void {
    const models = this.#refusing.get(account) ?? new Set();
    this.#refusing.set(account, models.add(model));
    const [oldest] = models;
    if (models.size > MAX_REMEMBERED_MODELS && oldest !== undefined) models.delete(oldest);
  }
}

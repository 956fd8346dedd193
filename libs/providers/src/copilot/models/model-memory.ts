import type { FormatId } from '@sluice/core';
import { MAX_LISTED_ACCOUNTS } from '@sluice/provider-kit';
import type { CopilotModel } from './read-models.js';

/** What each account's list said of its models' formats, as long as there is no newer one. */
export class ModelMemory {
  /** In order of their lists; the oldest is forgotten first. */
  readonly #byAccount = new Map<string, ReadonlyMap<string, readonly FormatId[]>>();

  note(accountId: string, models: readonly CopilotModel[]): void {
    this.#byAccount.delete(accountId);
    this.#byAccount.set(accountId, new Map(models.map(({ info, formats }) => [info.id, formats])));
    if (this.#byAccount.size <= MAX_LISTED_ACCOUNTS) return;
    const [oldest] = this.#byAccount.keys();
    if (oldest !== undefined) this.#byAccount.delete(oldest);
  }

  /** Undefined = the account has not been listed, or not with this model. */
  formatsOf(accountId: string, model: string): readonly FormatId[] | undefined {
    return this.#byAccount.get(accountId)?.get(model);
  }
}

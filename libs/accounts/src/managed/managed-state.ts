import type { SelectionStrategy } from '@sluice/config';
import type { AccountChange } from '@sluice/provider-kit';

/** What somebody has changed of a declared account. Absent members are as declared. */
export interface ManagedChange extends AccountChange {
  /** It stands in the file that the account is declared by, too: whoever changes that file later has the last word. */
  readonly isInFile?: boolean;
}

/** An account that nobody has declared. Its login is in the credential store; nothing here is secret. */
export interface AddedAccount {
  readonly id: string;
  readonly provider: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Everything that was changed while the gateway runs. Immutable; a change makes a new one. */
export interface ManagedState {
  readonly changes: Readonly<Record<string, ManagedChange>>;
  readonly added: readonly AddedAccount[];
  /** By provider. */
  readonly strategies: Readonly<Record<string, SelectionStrategy>>;
  /** The number of an account for people and scripts, by id; one that was given is never given again. */
  readonly numbers: Readonly<Record<string, number>>;
}

export const NOTHING_MANAGED: ManagedState = { changes: {}, added: [], strategies: {}, numbers: {} };

/** Keeps the state over a restart. A port. */
export abstract class ManagedStateStore {
  /** Undefined = nothing has been changed yet. */
  abstract load(): Promise<ManagedState | undefined>;
  /** Atomic: after a crash the old state is there, or the new one. */
  abstract save(state: ManagedState): Promise<void>;
}

/** Forgets everything when the process ends. */
export class MemoryManagedStateStore extends ManagedStateStore {
  #state: ManagedState | undefined;

  async load(): Promise<ManagedState | undefined> {
    return this.#state;
  }

  async save(state: ManagedState): Promise<void> {
    this.#state = state;
  }
}

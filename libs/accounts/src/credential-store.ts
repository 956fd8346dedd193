import type { Credential } from '@sluice/provider-kit';

/** The only home of secrets that change. A port; adapters encrypt, remember what they read, and hear of changes elsewhere. */
export abstract class CredentialStore {
  /** Answers at once where it can: it is asked for every call of an account with a login. */
  abstract get(accountId: string): Credential | undefined | Promise<Credential | undefined>;
  /** The same, with all that other processes have stored by now: asked for before and after a renewal, not for every call. */
  async latest(accountId: string): Promise<Credential | undefined> {
    return this.get(accountId);
  }

  /**
   * Runs a renewal of an account's login while no other process that shares the store runs one. Default: nobody shares it, and the
   * action runs at once.
   * @param action is told what is stored, with all that others have stored by now; undefined = nothing, or nobody shares it
   * @throws Error when others hold the login for too long; whatever the action throws
   */
  exclusively<T>(_accountId: string, action: (stored: Credential | undefined) => Promise<T>): Promise<T> {
    return action(undefined);
  }

  /** Atomic: after a crash the store holds the old credential or the new one, whole. */
  abstract put(accountId: string, credential: Credential): Promise<void>;
  /** Deleting what is not there is fine. */
  abstract delete(accountId: string): Promise<void>;
  /** Whose credentials there are, for people; sorted. Default: an adapter that cannot tell names none. */
  async accountIds(): Promise<readonly string[]> {
    return [];
  }
}

/** Forgets everything when the process ends: for tests, and the default until a store is bound. */
export class MemoryCredentialStore extends CredentialStore {
  readonly #credentials = new Map<string, Credential>();

  get(accountId: string): Credential | undefined {
    return this.#credentials.get(accountId);
  }

  async put(accountId: string, credential: Credential): Promise<void> {
    this.#credentials.set(accountId, credential);
  }

  async delete(accountId: string): Promise<void> {
    this.#credentials.delete(accountId);
  }

  override async accountIds(): Promise<readonly string[]> {
    return [...this.#credentials.keys()].sort();
  }
}

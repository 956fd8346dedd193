import type { Credential } from '@sluice/provider-kit';
import { CredentialStore, MemoryCredentialStore } from './credential-store.js';

/** A store that is in memory until a lasting one is known: the data directory is configured, and the modules come before. */
export class SwitchableCredentialStore extends CredentialStore {
  #store: CredentialStore = new MemoryCredentialStore();

  /** From here on the other store counts. Meant for the start: what is in memory is left behind. */
  use(store: CredentialStore): void {
    this.#store = store;
  }

  get(accountId: string): Credential | undefined | Promise<Credential | undefined> {
    return this.#store.get(accountId);
  }

  override latest(accountId: string): Promise<Credential | undefined> {
    return this.#store.latest(accountId);
  }

  override exclusively<T>(accountId: string, action: (stored: Credential | undefined) => Promise<T>): Promise<T> {
    return this.#store.exclusively(accountId, action);
  }

  put(accountId: string, credential: Credential): Promise<void> {
    return this.#store.put(accountId, credential);
  }

  delete(accountId: string): Promise<void> {
    return this.#store.delete(accountId);
  }

  override accountIds(): Promise<readonly string[]> {
    return this.#store.accountIds();
  }
}

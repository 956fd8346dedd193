import type { Logger } from '@sluice/core';
import { LaterAttempts, type Credential } from '@sluice/provider-kit';
import type { CredentialStore } from './credential-store.js';
import { isSameLogin } from './is-same-login.js';

/** A renewed credential that the store did not take. `replaced` is the secret that the store still holds. */
interface UnsavedCredential {
  readonly replaced: string;
  readonly credential: Credential;
}

/**
 * Puts renewed credentials into the store. One that the store does not take (a full disk, a read-only directory) is kept in memory,
 * where requests find it, said once, and tried again later until the store has it or something newer.
 */
export class UnsavedCredentials {
  readonly #unsaved = new Map<string, UnsavedCredential>();

  constructor(
    private readonly store: CredentialStore,
    private readonly logger: Logger,
    private readonly later = new LaterAttempts(),
  ) {}

  /** What replaced a stored credential without reaching the store; undefined = the stored one counts. */
  successorOf(accountId: string, stored: Credential): Credential | undefined {
    const unsaved = this.#unsaved.get(accountId);
    if (unsaved === undefined) return undefined;
    if (unsaved.replaced === stored.secret && isSameLogin(unsaved.credential, stored)) return unsaved.credential;
    this.#forget(accountId);
    return undefined;
  }

  /** Whether something newer than this stored credential is in memory. */
  isOutdated(accountId: string, stored: Credential): boolean {
    return this.#unsaved.get(accountId)?.replaced === stored.secret;
  }

  /** Stores a renewed credential, or keeps it. Never rejects. */
  async save(accountId: string, old: Credential, renewed: Credential): Promise<void> {
    const before = this.#unsaved.get(accountId);
    try {
      await this.store.put(accountId, renewed);
      this.#forget(accountId);
      if (before !== undefined) this.#sayStored(accountId);
    } catch (error) {
      const replaced = before?.credential.secret === old.secret ? before.replaced : old.secret;
      const unsaved = { replaced, credential: renewed };
      this.#unsaved.set(accountId, unsaved);
      this.later.add(accountId, () => this.#saveAgain(accountId, unsaved));
      if (before !== undefined) return;
      this.logger.error(
        'a renewed credential could not be stored: it is in use, tried again from time to time, and lost if the process ends before. ' +
          'Make room on the disk, or let Sluice write to its data directory',
        { accountId, error },
      );
    }
  }

  /** Tries everything that waits once more, for the end of the process: seconds at most. Never rejects. */
  saveAllNow(): Promise<void> {
    return this.later.lastTry();
  }

  /** @throws whatever the store throws: to be tried again */
  async #saveAgain(accountId: string, unsaved: UnsavedCredential): Promise<void> {
    const stored = await this.store.latest(accountId);
    if (this.#unsaved.get(accountId) !== unsaved) return;
    if (stored === undefined || stored.secret === unsaved.replaced) {
      await this.store.put(accountId, unsaved.credential);
      this.#sayStored(accountId);
    }
    if (this.#unsaved.get(accountId) === unsaved) this.#unsaved.delete(accountId);
  }

  #sayStored(accountId: string): void {
    this.logger.info('a renewed credential that could not be stored before is stored now', { accountId });
  }

  #forget(accountId: string): void {
    this.#unsaved.delete(accountId);
    this.later.delete(accountId);
  }
}

/**
 * `wrong-key`: the file was encrypted with another key, or has been changed. `bad-key`: the key is no key. `unreadable`: the
 * file is something else or from a later version. `too-large`: a bound is reached. `busy`: another process holds the lock. The
 * file has not been touched.
 */
export type CredentialStoreErrorCode = 'wrong-key' | 'bad-key' | 'unreadable' | 'too-large' | 'busy';

/** The store of credentials cannot be used as it is. The message says what to do. */
export class CredentialStoreError extends Error {
  override readonly name = 'CredentialStoreError';

  constructor(
    readonly code: CredentialStoreErrorCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

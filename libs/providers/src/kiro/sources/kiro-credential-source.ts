import type { KiroLogin } from '../login/kiro-login.js';

/** What one login is renewed from and, where that is wanted, written back to. */
export interface KiroCredentialSource {
  /** Where it is, for messages. */
  readonly place: string;
  /**
   * The login as it is there now. Other programs change it too.
   * @throws LoginFileError when there is none or it cannot be read
   */
  read(): Promise<KiroLogin>;
  /** Runs an action while no other process renews this login; where no lock can be made, just runs it. */
  exclusively<T>(action: () => Promise<T>): Promise<T>;
  /**
   * Puts a renewed login in the place of the one that was read; absent = the store belongs to another program.
   * @param replaced the refresh token that was read: where another one stands by now, nothing is written
   * @returns whether it is there now
   * @throws what the store throws; it is then as it was
   */
  write?(renewed: KiroLogin, replaced: KiroLogin): Promise<boolean>;
}

/** Which source an account's login comes from, as its settings carry it. */
export type CredentialOrigin =
  /** kiro-rs's file. `entry`: the id in an array; absent = the file's only login. */
  | { readonly kind: 'credentials-file'; readonly path: string; readonly entry?: number }
  /** The editor's cache of tokens. */
  | { readonly kind: 'token-cache'; readonly path: string; readonly writeBack: boolean }
  /** The command line's database. */
  | { readonly kind: 'cli-database'; readonly path: string; readonly writeBack: boolean };

import type { Account, Credential } from '../account.js';
import type { Provider } from '../provider.js';

/** A login on its way into the credential store, as a provider hands it over. */
export interface StoredLogin {
  /** Where it stood, for people. */
  readonly place: string;
  /** What it is, for people; its secrets are masked. */
  readonly summary: string;
  readonly credential: Credential;
  /** What the account that uses it should say beside its id and its provider. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** The logins that another program keeps. */
export interface LoginImport {
  /** Whose store it is, for people. */
  readonly store: string;
  readonly logins: readonly StoredLogin[];
  /** Sentences for the operator. */
  readonly warnings: readonly string[];
}

/** What is left of an account's allowance. */
export interface Balance {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** 0 to 100. */
  readonly percentUsed: number;
  /** What is counted, for people, as in `credits`; `%` = a share of an allowance whose size is not told. Absent = the vendor's own unit. */
  readonly unit?: string;
  /** When the allowance is whole again. */
  readonly resetsAtMs?: number;
  readonly plan?: string;
  /** Whose account it is. */
  readonly email?: string;
}

/** An account that somebody brings: its login belongs into the credential store. */
export interface BroughtAccount {
  /** Without secrets. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly credential: Credential;
}

/** What a person asks for when logging in, as they write it. */
export interface LoginWish {
  readonly method?: string | undefined;
  readonly flow?: string | undefined;
  readonly startUrl?: string | undefined;
  readonly region?: string | undefined;
}

/** What a person sees of a login. */
export interface LoginScreen {
  /** One sentence about what happens. */
  say(sentence: string): void;
  /** Shows a page to go on at, and opens it where that is wanted. */
  open(address: string): void;
  /**
   * Asks for a line: a code that the person copies out of a browser. Absent = nobody can type here.
   * @throws the signal's reason; an error when nobody answers any more
   */
  ask?(question: string, signal: AbortSignal): Promise<string>;
}

/** Who a person logs in for, and what they see of it. */
export interface LoginStage {
  /** Whose hosts and proxy are used. */
  readonly account: Account;
  readonly screen: LoginScreen;
  /** Fires when the person gives up. */
  readonly signal: AbortSignal;
}

/** What somebody has changed of an account while the gateway runs. Absent members are as they were. */
export interface AccountChange {
  readonly enabled?: boolean;
  readonly priority?: number;
}

/** What a provider may offer for its accounts beside serving requests. What it has not cannot be done with it. */
export interface LoginProvider extends Provider {
  /** A new login. @throws Error with a sentence for the person; the signal's reason */
  logIn?(wish: LoginWish, stage: LoginStage): Promise<StoredLogin>;
  /** Writes a login for another program. @returns where it stands now @throws Error with a sentence for the operator */
  writeLogin?(path: string, folder: string, credential: Credential): Promise<string>;
  /** Reads the logins of another program. @throws Error with a sentence for the operator */
  readLogins?(path: string, folder: string): Promise<LoginImport>;
  /** What is left; undefined = the vendor did not say. @throws GatewayError */
  balance?(account: Account, credential: Credential, signal: AbortSignal): Promise<Balance | undefined>;
  /** An account as somebody brings it. @throws GatewayError `invalid_request` */
  accountOfForm?(form: unknown, like?: Account): BroughtAccount;
  /** What another account with the same hosts and habits says; nothing of the login. */
  settingsLike?(account: Account): BroughtAccount['settings'];
  /**
   * Keeps a change where the login is kept, for the program that it belongs to.
   * @returns whether it is kept there
   * @throws Error with a sentence for the operator
   */
  noteChange?(account: Account, change: AccountChange): Promise<boolean>;
}

import type { Account, Credential, Provider } from '@sluice/provider-kit';

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

export interface LoginImport {
  /** Whose store it is, for people. */
  readonly store: string;
  readonly logins: readonly StoredLogin[];
  /** Sentences for the operator. */
  readonly warnings: readonly string[];
}

/** What is left of an account's allowance, in the vendor's unit. */
export interface Balance {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly resetsAtMs?: number;
  readonly plan?: string;
}

/** What a person asks for when logging in, as they write it. */
export interface LoginWish {
  readonly method?: string | undefined;
  readonly flow?: string | undefined;
  readonly startUrl?: string | undefined;
  readonly region?: string | undefined;
}

/** Who a person logs in for, and what they see of it. */
export interface LoginStage {
  /** Whose hosts and proxy are used. */
  readonly account: Account;
  readonly screen: {
    say(sentence: string): void;
    open(address: string): void;
  };
  /** Fires when the person gives up. */
  readonly signal: AbortSignal;
}

/** What a provider may offer beside serving requests. A plug-in that has one of these is offered by the command. */
export interface LoginProvider extends Provider {
  /** `sluice login`. @throws Error with a sentence for the operator; the signal's reason */
  logIn?(wish: LoginWish, stage: LoginStage): Promise<StoredLogin>;
  /** `sluice login --output`. @returns where it stands now @throws Error with a sentence for the operator */
  writeLogin?(path: string, folder: string, credential: Credential): Promise<string>;
  /** `sluice import`. @throws Error with a sentence for the operator */
  readLogins?(path: string, folder: string): Promise<LoginImport>;
  /** `sluice accounts --limits`; undefined = the vendor did not say. @throws GatewayError */
  balance?(account: Account, credential: Credential, signal: AbortSignal): Promise<Balance | undefined>;
}

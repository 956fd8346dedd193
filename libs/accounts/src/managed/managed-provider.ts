import type { Account, Credential, Provider } from '@sluice/provider-kit';

/** What an account has left, in the vendor's unit. */
export interface AccountBalance {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** 0 to 100. */
  readonly percentUsed: number;
  readonly resetsAtMs?: number;
  readonly plan?: string;
  readonly email?: string;
}

/** An account that somebody brings: its login belongs into the credential store. */
export interface BroughtAccount {
  /** Without secrets. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly credential: Credential;
}

/** What a person sees of a login. */
export interface LoginScreen {
  say(sentence: string): void;
  /** Shows a page to go on at. */
  open(address: string): void;
}

/** What a person asks for, as they write it. */
export interface LoginWish {
  readonly method?: string | undefined;
  readonly startUrl?: string | undefined;
  readonly region?: string | undefined;
}

export interface LoginStage {
  readonly account: Account;
  readonly screen: LoginScreen;
  /** Fires when the person gives up. */
  readonly signal: AbortSignal;
}

/** What a provider may offer for managing its accounts, beside serving requests. What it has not cannot be done with it. */
export interface ManagedProvider extends Provider {
  /** Undefined = the vendor did not say. @throws GatewayError */
  balance?(account: Account, credential: Credential, signal: AbortSignal): Promise<AccountBalance | undefined>;
  /** @throws GatewayError `invalid_request` */
  accountOfForm?(form: unknown, like?: Account): BroughtAccount;
  /** What another account with the same hosts and habits says; nothing of the login. */
  settingsLike?(account: Account): BroughtAccount['settings'];
  /** @throws Error with a sentence for the person; the signal's reason */
  logIn?(wish: LoginWish, stage: LoginStage): Promise<Pick<BroughtAccount, 'credential'>>;
}

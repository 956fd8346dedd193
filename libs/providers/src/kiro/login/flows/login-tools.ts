import type { Clock } from '@sluice/core';
import type { Account, UpstreamHttp } from '@sluice/provider-kit';

/** What a person sees of a login. */
export interface LoginScreen {
  /** One sentence about what happens. */
  say(sentence: string): void;
  /** Shows a page to go on at, and opens it where that is wanted. */
  open(address: string): void;
}

/** What every way to log in works with. */
export interface LoginTools {
  readonly http: UpstreamHttp;
  /** Whose hosts, proxy and timeouts are used. */
  readonly account: Account;
  readonly screen: LoginScreen;
  readonly clock: Clock;
  /** Rejects when the signal fires. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Fires when the person gives up. */
  readonly signal: AbortSignal;
}

/** A login that did not come about, in a sentence that says what to do. */
export class LoginFailure extends Error {
  override readonly name = 'LoginFailure';
}

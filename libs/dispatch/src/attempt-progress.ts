import type { GatewayError, WireHeaders } from '@sluice/core';
import type { Credential } from '@sluice/provider-kit';
import type { WireCall } from '@sluice/translator-kit';
import type { Exchange } from './exchange.js';

/** Why the loop gave up: what the client is told, and the vendor's headers that belong to it. */
export interface GaveUp {
  readonly error: GatewayError;
  readonly headers: WireHeaders | undefined;
}

/** What one request has tried so far. */
export class AttemptProgress {
  /** Accounts that the present target is not asked for again. */
  readonly excluded = new Set<string>();
  /** Accounts whose login was renewed for this request: once is enough. */
  readonly renewed = new Set<string>();
  readonly #sentPerAccount = new Map<string, number>();
  /** The credential of the last call. */
  credential: Credential | undefined;
  /** Whether the request has waited for a cooldown to end: once is enough. */
  hasWaited = false;
  /** The last failure. */
  last: GaveUp | undefined;

  constructor(
    readonly exchange: Exchange,
    readonly call: WireCall,
  ) {}

  /** Counts a call that is about to be sent. What an earlier call reported does not belong to this one. */
  countCall(accountId: string): void {
    const { exchange } = this;
    exchange.attempts += 1;
    exchange.usage = undefined;
    exchange.finishReason = undefined;
    this.#sentPerAccount.set(accountId, this.sentTo(accountId) + 1);
  }

  sentTo(accountId: string): number {
    return this.#sentPerAccount.get(accountId) ?? 0;
  }
}

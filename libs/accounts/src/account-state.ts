import { hash } from 'node:crypto';
import type { AccountDeclaration } from '@sluice/config';
import type { WireHeaders } from '@sluice/core';
import type { AccountLedger } from './account-ledger.js';
import { CooldownBook } from './cooldown-book.js';
import { LowLimits } from './low-limits.js';

/** What changes while an account is used; its counts are in the ledger. Survives a snapshot swap. */
export class AccountState {
  readonly cooldowns = new CooldownBook();
  readonly lowLimits = new LowLimits();
  /** Its place in the ledger. */
  readonly slot: number;
  /** The headers of the last answer that was heard to its end, for people who look; undefined = none was. */
  lastHeaders: WireHeaders | undefined;
  /** When it was, in milliseconds since the epoch. */
  lastHeardAtMs = 0;
  /** The account is gone, and its slot is another's. */
  isRetired = false;

  constructor(readonly ledger: AccountLedger) {
    this.slot = ledger.allot();
  }

  get inFlight(): number {
    return this.ledger.inFlight[this.slot] ?? 0;
  }

  countInFlight(change: 1 | -1): void {
    this.ledger.countInFlight(this.slot, change);
  }

  /** Its cooldowns or low limits have changed. */
  touch(): void {
    this.ledger.touch(this.slot);
  }

  retire(): void {
    this.isRetired = true;
    this.ledger.free(this.slot);
  }
}

/**
 * What an account's state belongs to: the account's id and the identity behind it. An account that is declared with
 * another credential is another one, and starts fresh.
 */
export function accountStateKey({ account, credential }: AccountDeclaration): string {
  const identity = JSON.stringify([account.provider, account.settings, credential ?? null]);
  return `${account.id} ${hash('sha256', identity, 'base64url')}`;
}

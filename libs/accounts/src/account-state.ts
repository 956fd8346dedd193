import { hash } from 'node:crypto';
import type { AccountDeclaration } from '@sluice/config';
import { CooldownBook } from './cooldown-book.js';

/** What changes while an account is used. Survives a snapshot swap. */
export class AccountState {
  /** Calls under way. */
  inFlight = 0;
  /** The account's standing in the weighted rotation: the highest is next. */
  turn = 0;
  readonly cooldowns = new CooldownBook();
}

/**
 * What an account's state belongs to: the account's id and the identity behind it. An account that is declared with
 * another credential is another one, and starts fresh.
 */
export function accountStateKey({ account, credential }: AccountDeclaration): string {
  const identity = JSON.stringify([account.provider, account.settings, credential ?? null]);
  return `${account.id} ${hash('sha256', identity, 'base64url')}`;
}

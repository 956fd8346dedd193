import type { AccountDeclaration } from '@sluice/config';
import { GatewayError, type Clock } from '@sluice/core';
import type { Balance, LoginProvider, ProviderRegistry } from '@sluice/provider-kit';
import type { CredentialSource } from '../credential-source.js';

/** Vendors dislike being asked often, and a balance changes slowly. */
export const BALANCE_TTL_MS = 300_000;
/** Accounts whose balance is remembered; beyond it the one that was asked for first is forgotten. */
export const MAX_KNOWN_BALANCES = 1_000;
/** How long a vendor may take to say. */
export const BALANCE_TIMEOUT_MS = 30_000;

interface KnownBalance {
  readonly balance: Promise<Balance>;
  readonly askedAtMs: number;
}

export interface AccountBalancesDependencies {
  readonly providers: ProviderRegistry;
  readonly credentials: CredentialSource;
  readonly clock: Clock;
}

/** What accounts have left, as their vendors say. Asked once at a time per account; a failure is not remembered. */
export class AccountBalances {
  readonly #known = new Map<string, KnownBalance>();

  constructor(private readonly dependencies: AccountBalancesDependencies) {}

  /** @throws GatewayError as the vendor failed; `upstream_invalid_response` where it did not say */
  of(declaration: AccountDeclaration): Promise<Balance> {
    const { id } = declaration.account;
    const nowMs = this.dependencies.clock.now();
    const known = this.#known.get(id);
    if (known !== undefined && nowMs - known.askedAtMs < BALANCE_TTL_MS) return known.balance;
    const fresh: KnownBalance = { balance: this.#ask(declaration), askedAtMs: nowMs };
    this.#known.delete(id);
    this.#makeRoom();
    this.#known.set(id, fresh);
    fresh.balance.catch(() => {
      if (this.#known.get(id) === fresh) this.#known.delete(id); // whoever asked is told why
    });
    return fresh.balance;
  }

  /** The next question goes to the vendor. */
  forget(accountId: string): void {
    this.#known.delete(accountId);
  }

  async #ask(declaration: AccountDeclaration): Promise<Balance> {
    const { providers, credentials } = this.dependencies;
    const { account } = declaration;
    const provider: LoginProvider = providers.get(account.provider);
    const credential = await credentials.current(declaration, provider);
    const balance = await provider.balance?.(account, credential, AbortSignal.timeout(BALANCE_TIMEOUT_MS));
    if (balance !== undefined) return balance;
    throw new GatewayError({
      kind: 'upstream_invalid_response',
      message: `The vendor does not say what the account "${account.id}" has left.`,
    });
  }

  #makeRoom(): void {
    if (this.#known.size < MAX_KNOWN_BALANCES) return;
    const first = this.#known.keys().next();
    if (first.done !== true) this.#known.delete(first.value);
  }
}

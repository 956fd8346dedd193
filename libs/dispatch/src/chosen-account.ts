import type { AccountLease } from '@sluice/accounts';
import type { Credential, Provider, RetryBudget } from '@sluice/provider-kit';
import type { ExchangePlan } from '@sluice/translator-kit';
import type { Exchange } from './exchange.js';
import { secretsOf } from './sanitise-error.js';

/** An account that was leased for a call. */
export interface ChosenAccount {
  readonly lease: AccountLease;
  readonly provider: Provider;
  readonly budget: RetryBudget;
  readonly plan: ExchangePlan;
  /** Undefined until it is at hand. */
  credential: Credential | undefined;
}

/** What of a call must not be repeated to a client, whoever repeats it. */
export function secretsIn({ lease, provider, credential }: ChosenAccount, { snapshot }: Exchange): readonly string[] {
  const { secretSettings } = provider.descriptor;
  return secretsOf(lease.declaration.account, credential, secretSettings, snapshot.settings.headerRules);
}

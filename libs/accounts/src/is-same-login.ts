import type { Credential } from '@sluice/provider-kit';

/**
 * Whether one credential was renewed from the other, or both from the same. A provider whose logins can be declared marks them
 * with `details.seed`, which outlives every renewal; logins that only the store knows have none.
 */
export function isSameLogin(one: Credential, other: Credential): boolean {
  return one.details?.['seed'] === other.details?.['seed'];
}

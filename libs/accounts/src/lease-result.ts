import type { GatewayError } from '@sluice/core';
import type { AccountLease } from './account-lease.js';

/**
 * A lease, or why there is none. `excluded`: every candidate is excluded, or there was none to begin with. `busy`: at least one
 * is at its `maxConcurrency`, and the others cannot be used either. `cooling`: all that are not excluded must not be
 * asked now, or their vendor must not; the first may be asked at `earliestMs` (since the epoch), and rests because of `cause`.
 */
export type LeaseResult =
  | { readonly lease: AccountLease; readonly none?: undefined }
  | { readonly lease?: undefined; readonly none: 'excluded' | 'busy' }
  | { readonly lease?: undefined; readonly none: 'cooling'; readonly earliestMs: number; readonly cause: GatewayError };

import type { Candidate } from '@sluice/accounts';

/** One model to ask, and every account that serves it. Never empty; in the order of declaration. */
export interface Target {
  readonly candidates: readonly Candidate[];
}

/** Where a request may go: targets in order of preference. Never empty. */
export interface Route {
  /** The name that the client sent. */
  readonly requestedModel: string;
  readonly targets: readonly Target[];
}

import type { Candidate, LeaseOwner } from '@sluice/accounts';
import type { SelectionStrategy } from '@sluice/config';
import type { TargetSplit } from './target-split.js';

/** One model to ask, and every account that serves it. Never empty; in the order of declaration. */
export interface Target {
  readonly candidates: readonly Candidate[];
  /** How one of the candidates is chosen; absent = as everywhere. */
  readonly strategy?: SelectionStrategy;
}

/** Where a request may go: targets in order of preference. Never empty. */
export interface Route {
  /** The name that the client sent. */
  readonly requestedModel: string;
  readonly targets: readonly Target[];
  /** Which target comes first, where requests are split; absent = the first one. */
  readonly split?: TargetSplit;
  /** Whose accounts are among the candidates; absent = all are shared. */
  readonly owner?: LeaseOwner;
  /** Conversations keep their account for so long after a request, in milliseconds; absent = they do not. */
  readonly sessionTtlMs?: number;
}

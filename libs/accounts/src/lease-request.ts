import type { SelectionStrategy } from '@sluice/config';
import type { Candidate } from './candidate.js';
import type { VendorProtection } from './vendor-health.js';

/** For whom an account is leased. */
export interface LeaseOwner {
  /** The principal's id: accounts that it owns come first, in this order. */
  readonly id: string;
  /** Provider ids; own accounts of other providers come after these. */
  readonly providerOrder: readonly string[];
}

/** The conversation that a request belongs to. */
export interface LeaseSession {
  /** Unique to the principal and the conversation; short. */
  readonly key: string;
  /** How long the account is kept for it after this request. */
  readonly ttlMs: number;
}

export interface LeaseRequest {
  /** The same list for the same route: what is derived from it is remembered. */
  readonly candidates: readonly Candidate[];
  /** Ids of accounts that must not be used, such as those already tried. */
  readonly exclude: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** Default: `round-robin`. */
  readonly strategy?: SelectionStrategy | undefined;
  /** Absent = nobody's request: only shared accounts serve it. */
  readonly owner?: LeaseOwner | undefined;
  /** Absent = the request belongs to no conversation. */
  readonly session?: LeaseSession | undefined;
  /**
   * Hosts of vendors, as leases name them, that have failed for this request: another call there repeats the first one, also
   * through another account. Absent = none has.
   */
  readonly failedVendors?: ReadonlySet<string> | undefined;
  /**
   * Leave out also those whose vendor, with a passing fault, said when to come back: somebody in another target can be asked
   * meanwhile. Default: false.
   */
  readonly heedsWishes?: boolean | undefined;
  /** Default: the configuration's defaults. */
  readonly protection?: VendorProtection | undefined;
}

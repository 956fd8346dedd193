import { AccountPool, type AccountLease, type LeaseOutcome, type LeaseRequest, type LeaseResult } from '@sluice/accounts';

/** A pool whose leases are followed to their end. */
export class CountingPool extends AccountPool {
  /** Leases that nobody has given back. */
  open = 0;
  /** The first word said of each lease, in order. */
  readonly outcomes: LeaseOutcome['type'][] = [];

  override lease(request: LeaseRequest): LeaseResult {
    const result = super.lease(request);
    if (result.lease !== undefined) this.#follow(result.lease);
    return result;
  }

  #follow(lease: AccountLease): void {
    const release = lease.release.bind(lease);
    let isOpen = true;
    this.open += 1;
    lease.release = (outcome) => {
      if (isOpen) {
        this.open -= 1;
        this.outcomes.push(outcome.type);
      }
      isOpen = false;
      release(outcome);
    };
  }
}

import type { AccountHistory } from '@sluice/accounts';
import type { Clock } from '@sluice/core';
import { ExchangeListener, type ExchangeRecord, type FailedAttempt } from '@sluice/dispatch';

/** Remembers how calls to accounts have ended, and tells somebody else everything. */
export class AccountHistoryListener extends ExchangeListener {
  constructor(
    private readonly next: ExchangeListener,
    private readonly history: AccountHistory,
    private readonly clock: Clock,
  ) {
    super();
  }

  started(): void {
    this.next.started();
  }

  attemptFailed(attempt: FailedAttempt): void {
    const { accountId, model, requestId, failure } = attempt;
    const { kind, message } = failure.error;
    this.history.failed(accountId, { kind, message, model, requestId, atMs: this.clock.now() });
    this.next.attemptFailed(attempt);
  }

  /** As `sluice_attempts_total` counts: whoever failed has been counted before. */
  settled(record: ExchangeRecord): void {
    const { accountId, ending, attempts } = record;
    if (accountId !== undefined && ending !== 'failed' && attempts > 0) this.history.ended(accountId, ending);
    this.next.settled(record);
  }
}

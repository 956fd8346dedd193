import type { AccountActivity } from '@sluice/accounts';
import { ExchangeListener, type ExchangeRecord, type FailedAttempt } from '@sluice/dispatch';

/** Counts how accounts did, and tells somebody else everything. */
export class ActivityListener extends ExchangeListener {
  constructor(
    private readonly next: ExchangeListener,
    private readonly activity: AccountActivity,
  ) {
    super();
  }

  started(): void {
    this.next.started();
  }

  attemptFailed(attempt: FailedAttempt): void {
    if (attempt.failure.blame === 'account') this.activity.failed(attempt.accountId);
    this.next.attemptFailed(attempt);
  }

  settled(record: ExchangeRecord): void {
    const { accountId, ending, startedAtMs, durationMs } = record;
    if (ending === 'completed' && accountId !== undefined) this.activity.succeeded(accountId, startedAtMs + durationMs);
    this.next.settled(record);
  }
}

import type { UpstreamFailure } from '@sluice/core';
import type { ExchangeRecord } from './exchange-record.js';

/** One failed call, as the attempt loop judged it. */
export interface FailedAttempt {
  readonly requestId: string;
  readonly provider: string;
  readonly accountId: string;
  readonly model: string;
  readonly failure: UpstreamFailure;
}

/** Hears what happens to exchanges: the log and the metrics. Must not throw and must not wait. */
export abstract class ExchangeListener {
  abstract started(): void;
  abstract attemptFailed(attempt: FailedAttempt): void;
  /** Called exactly once per exchange, after the last byte. */
  abstract settled(record: ExchangeRecord): void;
}

/** Hears nothing. */
export class SilentExchangeListener extends ExchangeListener {
  started(): void {}
  attemptFailed(): void {}
  settled(): void {}
}

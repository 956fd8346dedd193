import { Logger, type LogFields } from '@sluice/core';
import type { Cancellation } from '@sluice/streaming';
import { ExchangeListener, type FailedAttempt } from '../exchange-listener.js';
import type { ExchangeRecord } from '../exchange-record.js';
import { Pause } from '../pause.js';

/** Notes what it hears. */
export class NotingListener extends ExchangeListener {
  begun = 0;
  readonly failedAttempts: FailedAttempt[] = [];
  readonly records: ExchangeRecord[] = [];

  started(): void {
    this.begun += 1;
  }

  attemptFailed(attempt: FailedAttempt): void {
    this.failedAttempts.push(attempt);
  }

  settled(record: ExchangeRecord): void {
    this.records.push(record);
  }
}

/** Notes the errors of a log, and the facts beside what it tells in passing. */
export class NotingLogger extends Logger {
  readonly errors: string[] = [];
  readonly infos: LogFields[] = [];

  debug(): void {}

  info(_message: string, fields: LogFields = {}): void {
    this.infos.push(fields);
  }

  warn(): void {}

  error(message: string): void {
    this.errors.push(message);
  }
}

/** Lets no time pass but moves the clock, and notes how long it was asked to wait. */
export class NotingPause extends Pause {
  readonly waits: number[] = [];
  /** Called during each wait. */
  meanwhile: () => void = () => {};

  constructor(private readonly clock: { advance(ms: number): void }) {
    super();
  }

  wait(ms: number, cancellation: Cancellation): Promise<void> {
    this.waits.push(ms);
    this.meanwhile();
    if (!cancellation.isCancelled) this.clock.advance(ms);
    return Promise.resolve();
  }
}

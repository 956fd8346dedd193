import type { INestApplicationContext } from '@nestjs/common';
import { ExchangeListener, InFlight, type ExchangeRecord, type FailedAttempt } from '@sluice/dispatch';
import { AdmissionControl, UsageRecorder, type Admission, type UsageRecord } from '@sluice/usage';

/** Longer than any exchange of the suite takes to settle. */
const SETTLE_TIMEOUT_MS = 5_000;

/** What the ports of the pipeline were told: every start, every record and every admission, so that each can be counted. */
export class ExchangeLedger {
  readonly settled: ExchangeRecord[] = [];
  readonly usage: UsageRecord[] = [];
  readonly failedAttempts: FailedAttempt[] = [];
  started = 0;
  admitted = 0;
  /** Request ids, once for each time that an admission was settled. */
  readonly settledAdmissions: string[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(private readonly inFlight: InFlight) {}

  /** Listens in on the adapters that an application has bound; they go on working. */
  static listenIn(app: INestApplicationContext): ExchangeLedger {
    const ledger = new ExchangeLedger(app.get(InFlight));
    ledger.#onListener(app.get(ExchangeListener));
    ledger.#onRecorder(app.get(UsageRecorder));
    ledger.#onAdmission(app.get(AdmissionControl));
    return ledger;
  }

  /** The record of the only exchange so far, once it has ended. @throws Error when there is another number of them */
  async only(): Promise<ExchangeRecord> {
    await this.waitUntil(() => this.settled.length > 0 && this.settled.length === this.started);
    const [record, second] = this.settled;
    if (record === undefined || second !== undefined) throw new Error(`${this.settled.length} exchanges have settled`);
    return record;
  }

  /** Resolves once every exchange that was begun has ended. @throws Error when one does not end in time */
  async allSettled(): Promise<void> {
    await this.waitUntil(() => this.settled.length >= this.started);
    await this.inFlight.idle();
  }

  /** Asks the condition now and after everything that is heard. @throws Error when it does not hold in time */
  waitUntil(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`${this.started} exchanges were begun, ${this.settled.length} have settled`));
      }, SETTLE_TIMEOUT_MS);
      const check = (): void => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }

  forget(): void {
    this.started = this.admitted = 0;
    for (const list of [this.settled, this.usage, this.failedAttempts, this.settledAdmissions]) list.length = 0;
  }

  #onListener(listener: ExchangeListener): void {
    const { started, attemptFailed, settled } = listener;
    listener.started = () => {
      this.started += 1;
      started.call(listener);
      this.#changed();
    };
    listener.attemptFailed = (attempt) => {
      this.failedAttempts.push(attempt);
      attemptFailed.call(listener, attempt);
      this.#changed();
    };
    listener.settled = (record) => {
      this.settled.push(record);
      settled.call(listener, record);
      this.#changed();
    };
  }

  #onRecorder(recorder: UsageRecorder): void {
    const { record } = recorder;
    recorder.record = (entry) => {
      this.usage.push(entry);
      record.call(recorder, entry);
    };
  }

  #onAdmission(control: AdmissionControl): void {
    const { admit } = control;
    const counted = (admission: Admission): Admission => {
      this.admitted += 1;
      return {
        ...admission,
        settle: (record) => {
          this.settledAdmissions.push(record.requestId);
          admission.settle(record);
        },
      };
    };
    control.admit = (request) => {
      const admission = admit.call(control, request);
      return admission instanceof Promise ? admission.then(counted) : counted(admission);
    };
  }

  #changed(): void {
    for (const check of [...this.#waiting]) check();
  }
}

import type { UsageRecord } from './usage-record.js';

/** Takes the record of every exchange. Synchronous hand-over: an adapter that stores it buffers, with a bound. */
export abstract class UsageRecorder {
  /** Called exactly once per exchange. Must not throw. */
  abstract record(record: UsageRecord): void;
}

/** Keeps nothing: the default until a store is bound. */
export class DiscardingUsageRecorder extends UsageRecorder {
  record(): void {}
}

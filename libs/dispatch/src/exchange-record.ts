import type { FormatId } from '@sluice/core';
import type { UsageRecord } from '@sluice/usage';
import type { AnswerFlaw } from './answer-flaw.js';

/** All that is said of one exchange in the log and the metrics, once, when it has ended. */
export interface ExchangeRecord extends UsageRecord {
  readonly upstreamFormat: FormatId | undefined;
  readonly clientAddress: string | undefined;
  readonly stream: boolean;
  /** Calls sent to vendors. */
  readonly attempts: number;
  /** From the request to the first byte of the answer; undefined = no byte was written. */
  readonly firstByteMs: number | undefined;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** How many translation warnings the request caused. */
  readonly warnings: number;
  /** Undefined = nothing is known to be wrong with the answer. */
  readonly flaw: AnswerFlaw | undefined;
  readonly upstreamRequestId: string | undefined;
  /** What went wrong, for the operator: may hold more than the client was told, and is redacted by the log. */
  readonly failure: unknown;
}

import type { UsageRecord } from './usage-record.js';

/** What is known of a request when it asks to be let in. */
export interface AdmissionRequest {
  readonly requestId: string;
  readonly principalId: string | undefined;
  readonly model: string;
  readonly bodyBytes: number;
  readonly nowMs: number;
}

/** A request that was let in. What it reserved is given back or booked by `settle`. */
export interface Admission {
  /** Headers for the answer, such as the remaining limit. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Called exactly once, with what the exchange came to. */
  settle(record: UsageRecord): void;
}

/** Rate limits and budgets. */
export abstract class AdmissionControl {
  /**
   * Answers at once where it can: a promise costs a turn of the event loop on every request.
   * @throws GatewayError `rate_limited` (with `retryAfterMs`) or `insufficient_quota`
   */
  abstract admit(request: AdmissionRequest): Admission | Promise<Admission>;
}

const FREE_PASS: Admission = { settle: () => {} };

/** Lets everybody in: the default until limits are declared. */
export class UnlimitedAdmission extends AdmissionControl {
  admit(): Admission {
    return FREE_PASS;
  }
}

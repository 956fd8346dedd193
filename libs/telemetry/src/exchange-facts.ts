import type { FinishReason, FormatId, GatewayErrorKind, Usage } from '@sluice/core';
import type { ExchangeEnding } from '@sluice/usage';

/**
 * What is said of one exchange that has ended. The record of `@sluice/dispatch` has this shape; it is declared here by what
 * is read, so that the log and the metrics need nothing of the pipeline.
 */
export interface ExchangeFacts {
  readonly requestId: string;
  readonly clientFormat: FormatId;
  readonly upstreamFormat?: FormatId | undefined;
  readonly requestedModel?: string | undefined;
  readonly upstreamModel?: string | undefined;
  readonly provider?: string | undefined;
  readonly accountId?: string | undefined;
  readonly principalId?: string | undefined;
  readonly clientAddress?: string | undefined;
  readonly ending: ExchangeEnding;
  /** HTTP, as the client saw it. */
  readonly status: number;
  readonly errorKind?: GatewayErrorKind | undefined;
  readonly finishReason?: FinishReason | undefined;
  /** What was wrong with the vendor's answer, and whether asking again brought a better one. */
  readonly flaw?: { readonly flaw: string; readonly outcome: string } | undefined;
  readonly usage?: Usage | undefined;
  /** Calls sent to vendors. */
  readonly attempts: number;
  readonly stream: boolean;
  readonly durationMs: number;
  readonly firstByteMs?: number | undefined;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** How many translation warnings the request caused. */
  readonly warnings: number;
  readonly upstreamRequestId?: string | undefined;
  /** What went wrong, for the operator. Redacted before it is written. */
  readonly failure?: unknown;
}

/** One call to a vendor that failed. */
export interface FailedAttemptFacts {
  readonly requestId: string;
  readonly provider: string;
  readonly accountId: string;
  readonly model: string;
  readonly failure: {
    readonly error: {
      readonly kind: GatewayErrorKind;
      readonly message: string;
      readonly upstream?: { readonly status: number } | undefined;
    };
    readonly blame: string;
    readonly action: string;
    readonly retryAfterMs?: number | undefined;
  };
}

import type { FinishReason, FormatId, GatewayErrorKind, Usage } from '@sluice/core';

/** How an exchange ended. Every exchange ends in exactly one of these. */
export type ExchangeEnding =
  /** The client has the whole answer. */
  | 'completed'
  /** The client has an error instead of an answer. */
  | 'failed'
  /** The answer broke after it had begun. */
  | 'broken'
  /** The client went away first. */
  | 'client-closed';

/** What is recorded of one exchange, once, however it ended. */
export interface UsageRecord {
  readonly requestId: string;
  readonly principalId: string | undefined;
  readonly clientFormat: FormatId;
  readonly requestedModel: string | undefined;
  readonly upstreamModel: string | undefined;
  readonly provider: string | undefined;
  readonly accountId: string | undefined;
  readonly ending: ExchangeEnding;
  readonly status: number;
  readonly errorKind: GatewayErrorKind | undefined;
  readonly finishReason: FinishReason | undefined;
  /** Undefined = no call was sent, or the vendor reported nothing. */
  readonly usage: Usage | undefined;
  readonly startedAtMs: number;
  readonly durationMs: number;
}

import type { Candidate } from '@sluice/accounts';
import type { ModelInfo } from '@sluice/provider-kit';

/** A name that a client may ask for, with what is known of the model behind it. */
export interface ListedModel {
  /** The name to send. */
  readonly id: string;
  readonly displayName: string | undefined;
  /** The provider's id. */
  readonly ownedBy: string;
  /** Unix time in seconds; undefined = not known. */
  readonly createdAt: number | undefined;
  /** What the vendor says of the model's limits; undefined = nothing. */
  readonly maxInputTokens?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
  /** Whether it thinks unasked; undefined = not known. */
  readonly thinks?: boolean | undefined;
}

/** The end of the year 9999: what lies beyond is no date that a format could carry. */
const MAX_UNIX_TIME_S = 253_402_300_799;

/** @param first the first account that serves the name  @param info what a vendor says of the model */
export function describeModel(id: string, first: Candidate, info: ModelInfo | undefined): ListedModel {
  return {
    id,
    displayName: info?.displayName,
    ownedBy: first.declaration.account.provider,
    createdAt: isUnixTime(info?.createdAt) ? Math.trunc(info.createdAt) : undefined,
    ...(info?.maxInputTokens !== undefined && { maxInputTokens: info.maxInputTokens }),
    ...(info?.maxOutputTokens !== undefined && { maxOutputTokens: info.maxOutputTokens }),
    ...(info?.thinks !== undefined && { thinks: info.thinks }),
  };
}

function isUnixTime(seconds: number | undefined): seconds is number {
  return seconds !== undefined && seconds >= 0 && seconds <= MAX_UNIX_TIME_S;
}

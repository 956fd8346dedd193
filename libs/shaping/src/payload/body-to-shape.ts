import type { FormatId, WireHeaders } from '@sluice/core';

/** A body on its way to a vendor, and all that rules may ask about it. */
export interface BodyToShape {
  /** What the vendor speaks. */
  readonly format: FormatId;
  /** What the client speaks. */
  readonly clientFormat: FormatId;
  /** The id of the account's provider. */
  readonly provider: string;
  /** Every name of the model: the client's, the route's, the vendor's. */
  readonly models: readonly string[];
  /** The client's. */
  readonly headers: WireHeaders;
  /** About to be sent, in the vendor's format. */
  readonly body: Buffer;
  /** As the client sent it, in the client's format. */
  readonly original: Buffer;
}

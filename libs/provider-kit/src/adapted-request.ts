import type { FormatId, TranslationWarning, WireHeaders } from '@sluice/core';
import type { Account } from './account.js';

/** A request in one of the provider's formats, before it is sent. */
export interface AdaptableRequest {
  readonly account: Account;
  readonly format: FormatId;
  /** As the vendor spells it. */
  readonly model: string;
  readonly body: Buffer;
  /** All of the client's headers. Only those that the vendor needs may go into the result. */
  readonly clientHeaders: WireHeaders;
  /** Who asks: the same for all requests of one client, and no secret. */
  readonly clientId: string;
}

/** The same request as a vendor takes it that takes less, or wants more, than its format says. */
export interface AdaptedRequest {
  readonly body: Buffer;
  /** Sent beside the headers that every vendor gets. */
  readonly headers: WireHeaders;
  /** What the vendor does not take. */
  readonly warnings: readonly TranslationWarning[];
}

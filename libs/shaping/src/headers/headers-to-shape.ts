import type { HeaderRule } from '@sluice/config';
import type { WireHeaders } from '@sluice/core';

/** The headers of one call on its way to a vendor. */
export interface HeadersToShape {
  /** Undefined = there are none. */
  readonly rules: readonly HeaderRule[] | undefined;
  /** The id of the account's provider. */
  readonly provider: string;
  /** Every name of the model; empty where the request names none: then rules for certain models are not for it. */
  readonly models: readonly string[];
  /** All of the client's. */
  readonly client: WireHeaders;
  /** Those of the client that travel by the header policy. */
  readonly forwarded: WireHeaders;
  /** The account's own. */
  readonly account: Readonly<Record<string, string>>;
  /** The account's that get their value from a client's header, by its lower-case name. */
  readonly copied?: Readonly<Record<string, string>> | undefined;
}

/** What a call takes with it. */
export interface ShapedHeaders {
  /** The client's that travel; whatever the provider sets wins over them. */
  readonly headers: WireHeaders;
  /** The operator's, which win over everything; absent = the account's own. */
  readonly operatorHeaders?: WireHeaders;
}

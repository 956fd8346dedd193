import type { JsonObject, Signature } from '@sluice/core';

/** The identity of a call: what its format left out is made up. */
export interface CallIdentity {
  readonly id: string;
  readonly name: string;
}

/** What the meaning of a part depends on: whose history or answer it stands in. */
export interface PartScope {
  /** Whether a proof at a call has to stand in front of it, because its reader has no place for one at a call. Default: no. */
  readonly movesCallProofs?: boolean;
  readonly signed: (value: string) => Signature;
  readonly identify: (call: JsonObject) => CallIdentity;
  /** The id of the call that a function response answers; absent = a response cannot stand here. */
  readonly answeredCall?: (response: JsonObject) => string;
  /** An id for what the vendor ran itself and gave none. */
  readonly inventServerId: () => string;
}

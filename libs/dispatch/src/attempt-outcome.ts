import type { GatewayError } from '@sluice/core';
import type { FailedReply } from '@sluice/provider-kit';

/** How one call to a vendor ended, as far as the client is concerned. */
export type AttemptOutcome =
  /** The client has the whole answer. */
  | { readonly type: 'answered' }
  /** The answer broke after it had begun; the client has been told inside the stream. */
  | { readonly type: 'broken'; readonly error: GatewayError }
  /** Nothing has reached the client: another attempt is possible. `reply` is what the vendor said, where it said something. */
  | { readonly type: 'failed'; readonly error: GatewayError; readonly reply?: FailedReply }
  /** Stopped from outside: the client is gone or the process is draining. Nothing has reached the client yet. */
  | { readonly type: 'interrupted'; readonly error: GatewayError };

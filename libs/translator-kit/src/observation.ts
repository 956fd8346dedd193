import type { FinishReason, GatewayError, Usage } from '@sluice/core';

/** What can be learnt from a passed-through answer without changing it. */
export type Observation =
  /** Content the client can use has begun: from here there is no retry. Emitted at least once before any content passes. */
  | { readonly type: 'content' }
  /** The latest word on usage. `standalone`: the frame carried nothing else, so it can be hidden without loss. */
  | { readonly type: 'usage'; readonly usage: Usage; readonly standalone: boolean }
  | { readonly type: 'finish'; readonly finishReason: FinishReason }
  /** The format's terminal event. A stream that ends without it (or a `finish`) was truncated. */
  | { readonly type: 'end' }
  /** The vendor reported a failure inside a 200 answer. */
  | { readonly type: 'error'; readonly error: GatewayError };

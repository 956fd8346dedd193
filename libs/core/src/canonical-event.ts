import type { FinishReason } from './canonical-response.js';
import type { Signature } from './content-block.js';
import type { Extensions, FormatId } from './format-id.js';
import type { GatewayError } from './gateway-error.js';
import type { JsonObject } from './json.js';
import type { Usage } from './usage.js';
import type { WireFrame } from './wire-frame.js';

/** What is known of a block when it opens. */
export type BlockStart =
  | { readonly type: 'text' | 'reasoning' | 'refusal' }
  | { readonly type: 'tool-call'; readonly id: string; readonly name: string }
  | { readonly type: 'image' | 'audio'; readonly mediaType?: string }
  | { readonly type: 'server-tool'; readonly id: string; readonly tool: string };

/**
 * One step of a streamed answer. The grammar, executable as `assertWellFormed`:
 *
 * ```text
 * response-start
 * ( block-start(i) (block-delta(i) | block-mark(i))* block-end(i) | usage | opaque )*
 * ( response-end | response-error )
 * ```
 *
 * Blocks may interleave; an index is never reused. `response-error` may also stand alone, before any `response-start`.
 */
export type CanonicalEvent =
  | {
      readonly type: 'response-start';
      readonly id: string;
      readonly model: string;
      readonly extensions?: Extensions;
    }
  | {
      readonly type: 'block-start';
      readonly index: number;
      readonly block: BlockStart;
      readonly extensions?: Extensions;
    }
  /** Text, reasoning, a piece of arguments JSON, or base64, by the block's type. */
  | { readonly type: 'block-delta'; readonly index: number; readonly delta: string }
  | {
      readonly type: 'block-mark';
      readonly index: number;
      readonly signature?: Signature;
      readonly redacted?: string;
      readonly citation?: JsonObject;
    }
  | { readonly type: 'block-end'; readonly index: number; readonly extensions?: Extensions }
  /** The latest word on usage: it replaces what came before, it is not added to it. */
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'opaque'; readonly format: FormatId; readonly frame: WireFrame }
  | { readonly type: 'response-end'; readonly finishReason: FinishReason; readonly extensions?: Extensions }
  | { readonly type: 'response-error'; readonly error: GatewayError };

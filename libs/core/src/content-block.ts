import type { Extensions, FormatId } from './format-id.js';
import type { JsonObject, JsonValue } from './json.js';

/** A prompt-cache breakpoint set by the client after the node that carries it. `ttl` absent = the vendor's default. */
export interface CacheMarker {
  readonly ttl?: '5m' | '1h';
}

/** The vendor families whose opaque reasoning proofs we can tell apart. */
export type SignatureFamily = 'anthropic' | 'openai' | 'gemini' | 'unknown';

/**
 * A vendor's proof of its own reasoning. It belongs to a vendor family, not to a format: its bytes are kept exactly,
 * never shown to another family and never made up.
 */
export interface Signature {
  readonly family: SignatureFamily;
  readonly value: string;
  readonly model?: string;
}

interface BlockBase {
  readonly cache?: CacheMarker;
  readonly extensions?: Extensions;
}

export interface TextBlock extends BlockBase {
  readonly type: 'text';
  readonly text: string;
  readonly citations?: readonly JsonObject[];
  readonly signature?: Signature;
}

/** `redacted` is the vendor's encrypted replacement for reasoning that it does not show. */
export interface ReasoningBlock extends BlockBase {
  readonly type: 'reasoning';
  readonly text: string;
  readonly signature?: Signature;
  readonly redacted?: string;
}

export interface RefusalBlock extends BlockBase {
  readonly type: 'refusal';
  readonly text: string;
}

/** Base64 text, a URL, or an id of a file that the vendor holds. */
export interface MediaSource {
  readonly kind: 'base64' | 'url' | 'file-id';
  readonly value: string;
}

/** How closely a model is to look at an image. */
export type ImageDetail = 'low' | 'high' | 'original';

export interface MediaBlock extends BlockBase {
  readonly type: 'image' | 'document' | 'audio';
  /** Of an image; absent = as the vendor likes. */
  readonly detail?: ImageDetail;
  readonly mediaType?: string;
  readonly title?: string;
  readonly source: MediaSource;
}

/** `argumentsJson` stays text: models emit invalid JSON, and re-serialising would break vendors' prompt caches. */
export interface ToolCallBlock extends BlockBase {
  readonly type: 'tool-call';
  readonly id: string;
  readonly name: string;
  readonly argumentsJson: string;
  readonly signature?: Signature;
}

export interface ToolResultBlock extends BlockBase {
  readonly type: 'tool-result';
  readonly callId: string;
  readonly name?: string;
  readonly content: readonly ContentBlock[];
  readonly isError?: boolean;
}

/** A tool that the vendor ran itself. `raw` is replayed to the same format only. */
export interface ServerToolBlock extends BlockBase {
  readonly type: 'server-tool';
  readonly id: string;
  readonly tool: string;
  readonly input?: JsonValue;
  readonly result?: JsonValue;
  readonly raw: { readonly format: FormatId; readonly value: JsonObject };
}

/** A block that the canonical model does not know: carried, and rendered only by its own format. */
export interface OpaqueBlock extends BlockBase {
  readonly type: 'opaque';
  readonly format: FormatId;
  readonly value: JsonObject;
}

export type ContentBlock =
  | TextBlock
  | ReasoningBlock
  | RefusalBlock
  | MediaBlock
  | ToolCallBlock
  | ToolResultBlock
  | ServerToolBlock
  | OpaqueBlock;

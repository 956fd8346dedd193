import type { CacheMarker, ContentBlock } from './content-block.js';
import type { Extensions, FormatId } from './format-id.js';
import type { JsonObject } from './json.js';

/** One turn. The order of messages and blocks is the client's; tool results stand in user messages. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: readonly ContentBlock[];
  readonly extensions?: Extensions;
}

/** A tool that the client runs. `parameters` is a JSON schema. */
export interface FunctionTool {
  readonly kind: 'function';
  readonly name: string;
  readonly description?: string;
  readonly parameters: JsonObject;
  readonly strict?: boolean;
  readonly cache?: CacheMarker;
  readonly extensions?: Extensions;
}

/** A tool that the vendor runs; only its own format can say it. */
export interface ServerTool {
  readonly kind: 'server';
  readonly tool: string;
  readonly raw: { readonly format: FormatId; readonly value: JsonObject };
}

export type Tool = FunctionTool | ServerTool;

/** `parallel` absent = the vendor's default. */
export type ToolChoice =
  | { readonly mode: 'auto' | 'none' | 'required'; readonly parallel?: boolean }
  | { readonly mode: 'named'; readonly name: string; readonly parallel?: boolean };

export interface Sampling {
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  /** How many answers are wanted (`n`). */
  readonly candidates?: number;
  /** How many alternatives per token are wanted with their log probabilities; 0 = only the chosen token's. */
  readonly logprobs?: number;
}

export interface ReasoningOptions {
  readonly mode: 'off' | 'on' | 'adaptive';
  readonly effort?: string;
  readonly budgetTokens?: number;
  readonly show?: 'full' | 'summary' | 'none';
}

export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json' }
  | { readonly type: 'json-schema'; readonly name?: string; readonly schema: JsonObject; readonly strict?: boolean };

/** What a client asks for, in no vendor's words. */
export interface CanonicalRequest {
  readonly model: string;
  readonly stream: boolean;
  readonly messages: readonly Message[];
  readonly tools: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  readonly sampling: Sampling;
  readonly reasoning?: ReasoningOptions;
  readonly responseFormat?: ResponseFormat;
  readonly endUser?: string;
  readonly serviceTier?: string;
  readonly extensions?: Extensions;
}

import type { JsonObject } from '@sluice/core';

/**
 * The body of `Converse` and `ConverseStream` as far as we write it (aliases, not interfaces, so that they are JSON objects
 * to the compiler). Model and kind of answer stand in the path. Binary members are base64 text.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export type ConverseRequest = {
  readonly system?: readonly JsonObject[];
  readonly messages: readonly WireMessage[];
  readonly inferenceConfig?: InferenceConfig;
  readonly toolConfig?: ToolConfig;
  readonly outputConfig?: JsonObject;
  readonly serviceTier?: { readonly type: string };
  /** In the words of the model's own vendor, snake or camel case. */
  readonly additionalModelRequestFields?: JsonObject;
  /** JSON pointers into the answer of the model's own vendor. */
  readonly additionalModelResponseFieldPaths?: readonly string[];
};

/** Roles alternate; the first is the user's. */
export type WireMessage = { readonly role: 'user' | 'assistant'; readonly content: readonly JsonObject[] };

export type InferenceConfig = {
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly stopSequences?: readonly string[];
};

/** Must be there when the history has calls or results. */
export type ToolConfig = { readonly tools: readonly JsonObject[]; readonly toolChoice?: JsonObject };

import type { JsonObject } from '@sluice/core';

/**
 * The body of `GenerateAssistantResponse` as far as we write it (aliases, not interfaces, so that they are JSON objects to
 * the compiler). Names and enums are those of the generated client of AWS's open-source command line.
 * @see https://github.com/aws/amazon-q-developer-cli
 */
export type KiroRequest = {
  readonly conversationState: ConversationState;
  /** Belongs to the account that sends: the provider adds it. */
  readonly profileArn?: string;
  /** Snake case inside. Models whose schema does not allow a member refuse the request. */
  readonly additionalModelRequestFields?: JsonObject;
};

export type ConversationState = {
  readonly agentContinuationId: string;
  readonly agentTaskType: 'vibe';
  readonly chatTriggerType: 'MANUAL';
  readonly conversationId: string;
  readonly currentMessage: { readonly userInputMessage: UserInput };
  /** Begins with a user, ends with an assistant, strictly alternating. Absent when empty. */
  readonly history?: readonly HistoryEntry[];
};

export type HistoryEntry = UserEntry | AssistantEntry;
export type UserEntry = { readonly userInputMessage: UserInput };
export type AssistantEntry = { readonly assistantResponseMessage: AssistantMessage };

export type UserInput = {
  readonly content: string;
  readonly modelId: string;
  readonly origin: 'AI_EDITOR';
  readonly images?: readonly KiroImage[];
  /** Always there on the current message, elsewhere only with something inside. */
  readonly userInputMessageContext?: UserContext;
  readonly cachePoint?: CachePoint;
};

/** What stands before it may be cached. Only the hosts of the command line take it. */
export type CachePoint = { readonly type: 'default' };

export type UserContext = {
  readonly toolResults?: readonly ToolResult[];
  /** On the current message only. */
  readonly tools?: readonly (ToolEntry | { readonly cachePoint: CachePoint })[];
};

export type AssistantMessage = {
  readonly content: string;
  readonly toolUses?: readonly ToolUse[];
  readonly reasoningContent?: ReasoningContent;
  readonly cachePoint?: CachePoint;
};

/** `input` is an object, never its JSON text. */
export type ToolUse = { readonly toolUseId: string; readonly name: string; readonly input: JsonObject };

/** A union: the service refuses flat forms. */
export type ReasoningContent =
  | { readonly reasoningText: { readonly text: string; readonly signature: string } }
  | { readonly redactedContent: string };

/** `bytes` is base64 without a `data:` prefix. */
export type KiroImage = { readonly format: ImageFormat; readonly source: { readonly bytes: string } };
export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp';

export type ToolResult = {
  readonly toolUseId: string;
  readonly content: readonly { readonly text: string }[];
  readonly status: 'success' | 'error';
};

export type ToolEntry = { readonly toolSpecification: ToolSpecification };
export type ToolSpecification = {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: { readonly json: JsonObject };
};

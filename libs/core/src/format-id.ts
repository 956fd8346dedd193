import type { JsonObject } from './json.js';

/** The wire vocabularies that we ship; an open set, so that another team's format needs no edit here. */
export type FormatId =
  'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini' | 'kiro' | 'bedrock-converse' | (string & {});

/** Members that a format has and the canonical model has not, kept at the node where they stood. */
export type Extensions = Partial<Record<FormatId, JsonObject>>;

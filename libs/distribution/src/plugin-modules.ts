import { AnthropicProviderModule } from '@sluice/providers/anthropic';
import { BedrockProviderModule } from '@sluice/providers/bedrock';
import { CopilotProviderModule } from '@sluice/providers/copilot';
import { CodexProviderModule } from '@sluice/providers/codex';
import { GeminiProviderModule } from '@sluice/providers/gemini';
import { KiroProviderModule } from '@sluice/providers/kiro';
import { OpenAiProviderModule } from '@sluice/providers/openai';
import { OpenAiCompatibleProviderModule } from '@sluice/providers/openai-compatible';
import { AnthropicMessagesModule } from '@sluice/translators/anthropic-messages';
import { BedrockConverseModule } from '@sluice/translators/bedrock-converse';
import { GeminiEmbeddingModule, GeminiEmbeddingsModule, GeminiModule } from '@sluice/translators/gemini';
import { KiroModule } from '@sluice/translators/kiro';
import { OpenAiChatModule } from '@sluice/translators/openai-chat';
import { OpenAiCompletionsModule } from '@sluice/translators/openai-completions';
import { OpenAiEmbeddingsModule } from '@sluice/translators/openai-embeddings';
import { OpenAiResponsesModule } from '@sluice/translators/openai-responses';

/** THE list of what we ship. A plug-in of ours is added here and nowhere else. */
export const PLUGIN_MODULES = [
  // formats
  AnthropicMessagesModule,
  BedrockConverseModule,
  GeminiEmbeddingModule,
  GeminiEmbeddingsModule,
  GeminiModule,
  KiroModule,
  OpenAiChatModule,
  OpenAiCompletionsModule,
  OpenAiEmbeddingsModule,
  OpenAiResponsesModule,
  // providers
  AnthropicProviderModule,
  BedrockProviderModule,
  CopilotProviderModule,
  CodexProviderModule,
  GeminiProviderModule,
  KiroProviderModule,
  OpenAiProviderModule,
  OpenAiCompatibleProviderModule,
];

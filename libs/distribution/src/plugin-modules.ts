import { AnthropicProviderModule } from '@sluice/providers/anthropic';
import { KiroProviderModule } from '@sluice/providers/kiro';
import { OpenAiProviderModule } from '@sluice/providers/openai';
import { OpenAiCompatibleProviderModule } from '@sluice/providers/openai-compatible';
import { AnthropicMessagesModule } from '@sluice/translators/anthropic-messages';
import { KiroModule } from '@sluice/translators/kiro';
import { OpenAiChatModule } from '@sluice/translators/openai-chat';

/** THE list of what we ship. A plug-in of ours is added here and nowhere else. */
export const PLUGIN_MODULES = [
  // formats
  AnthropicMessagesModule,
  KiroModule,
  OpenAiChatModule,
  // providers
  AnthropicProviderModule,
  KiroProviderModule,
  OpenAiProviderModule,
  OpenAiCompatibleProviderModule,
];

import type { DialectSettings } from './dialect-settings.js';

/** What is known of a server by its name. */
export interface Dialect {
  /** Used where the account says nothing else. */
  readonly settings: DialectSettings;
  /** Whether it also has OpenAI's Responses API. */
  readonly hasResponses?: boolean;
}

/** The names that `dialect` takes. */
export const DIALECT_NAMES = [
  'azure',
  'azure-deployment',
  'cerebras',
  'deepseek',
  'fireworks',
  'groq',
  'llamacpp',
  'lmstudio',
  'mistral',
  'moonshot',
  'ollama',
  'openrouter',
  'qwen',
  'together',
  'vllm',
  'xai',
  'zai',
] as const;
export type DialectName = (typeof DIALECT_NAMES)[number];

/** One row per server. A member that is not there is as every imitation of OpenAI understands it. */
export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  // https://learn.microsoft.com/en-us/azure/ai-foundry/openai/api-version-lifecycle: base …openai.azure.com/openai/v1
  azure: { settings: { authHeader: 'api-key' }, hasResponses: true },
  // https://learn.microsoft.com/en-us/azure/ai-services/openai/reference: base …openai.azure.com/openai, dated API
  'azure-deployment': { settings: { authHeader: 'api-key', apiVersion: '2024-10-21', deploymentPath: true } },
  // https://inference-docs.cerebras.ai/api-reference/chat-completions: `reasoning` in answers and history
  cerebras: { settings: { maxTokensField: 'max_completion_tokens', reasoningField: 'reasoning' } },
  // https://api-docs.deepseek.com/guides/thinking_mode: 400 when a call comes back without its reasoning
  deepseek: {
    settings: {
      maxTokensField: 'max_tokens',
      sendReasoningBack: 'tool-loop',
      reasoningSwitch: 'thinking',
      developerRole: false,
    },
  },
  // https://docs.fireworks.ai/guides/reasoning: reasoning_content, for some models tags in the text
  fireworks: { settings: { maxTokensField: 'max_tokens', thinkTags: true, topK: true, developerRole: false } },
  // https://console.groq.com/docs/reasoning: `reasoning` when parsed, tags in the text when raw
  groq: { settings: { maxTokensField: 'max_completion_tokens', reasoningField: 'reasoning', thinkTags: true } },
  // https://github.com/ggml-org/llama.cpp/tree/master/tools/server: tags in the text with --reasoning-format none
  llamacpp: { settings: { maxTokensField: 'max_tokens', thinkTags: true, topK: true, developerRole: false } },
  // https://lmstudio.ai/docs/developer/openai-compat: tags in the text unless the application is told to part them
  lmstudio: { settings: { maxTokensField: 'max_tokens', thinkTags: true, topK: true, developerRole: false } },
  // https://docs.mistral.ai/api: stream_options is refused with 422, ids of calls have nine letters or digits
  mistral: {
    settings: {
      maxTokensField: 'max_tokens',
      streamUsage: false,
      toolIds: 'nine-alphanumerics',
      developerRole: false,
    },
  },
  // https://platform.moonshot.ai/docs/guide/use-kimi-k2-thinking-model: reasoning_content must stand beside its calls
  moonshot: {
    settings: {
      maxTokensField: 'max_tokens',
      sendReasoningBack: 'tool-loop',
      reasoningSwitch: 'thinking',
      developerRole: false,
    },
  },
  // https://docs.ollama.com/api/openai-compatibility: `reasoning`; tags in the text of models without a parser
  ollama: {
    settings: { maxTokensField: 'max_tokens', reasoningField: 'reasoning', thinkTags: true, developerRole: false },
  },
  // https://openrouter.ai/docs/guides/best-practices/reasoning-tokens: reasoning comes back as it was; cache_control passes
  openrouter: {
    settings: {
      maxTokensField: 'max_tokens',
      sendReasoningBack: 'always',
      reasoningField: 'reasoning',
      reasoningEffort: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'],
      cacheControl: true,
      topK: true,
    },
  },
  // https://www.alibabacloud.com/help/en/model-studio/deep-thinking: reasoning_content, not wanted back
  qwen: {
    settings: { maxTokensField: 'max_tokens', reasoningSwitch: 'enable_thinking', topK: true, developerRole: false },
  },
  // https://docs.together.ai/docs/inference/chat/reasoning: `reasoning`, for older models tags in the text
  together: {
    settings: {
      maxTokensField: 'max_tokens',
      reasoningField: 'reasoning',
      thinkTags: true,
      topK: true,
      developerRole: false,
    },
  },
  // https://docs.vllm.ai/en/latest/features/reasoning_outputs.html: tags in the text without a reasoning parser
  vllm: {
    settings: {
      maxTokensField: 'max_tokens',
      thinkTags: true,
      nullContent: false, // some chat templates fail on it
      topK: true,
      developerRole: false,
    },
  },
  // https://docs.x.ai/docs/guides/reasoning: reasoning_content; encrypted reasoning only in Responses
  xai: { settings: { maxTokensField: 'max_completion_tokens', developerRole: false }, hasResponses: true },
  // https://docs.z.ai/guides/capabilities/thinking-mode: reasoning_content is wanted back between calls
  zai: {
    settings: {
      maxTokensField: 'max_tokens',
      sendReasoningBack: 'tool-loop',
      reasoningSwitch: 'thinking',
      developerRole: false,
    },
  },
};

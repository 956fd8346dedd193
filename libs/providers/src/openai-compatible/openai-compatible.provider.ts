import type { FormatId } from '@sluice/core';
import {
  apiKeyCredential,
  baseUrlSetting,
  OpenAiStyle,
  ProviderPlugin,
  type Account,
  type Credential,
  type ModelInfo,
  type Provider,
  type ProviderDescriptor,
  type UpstreamCall,
  type UpstreamHttp,
  type UpstreamReply,
} from '@sluice/provider-kit';
import { z } from 'zod';

const OpenAiCompatibleSettings = z.strictObject({
  baseUrl: baseUrlSetting().describe('Everything before /chat/completions, as in http://127.0.0.1:11434/v1.'),
  apiKey: z.string().min(1).optional().describe('Sent as a bearer token; absent for servers without keys.'),
  wireApi: z
    .enum(['chat', 'responses', 'auto'])
    .default('auto')
    .describe('Which API is called. Chat Completions is the one served so far.'),
  streamUsage: z
    .boolean()
    .default(true)
    .describe('Ask for usage at the end of a stream; off for servers that refuse it.'),
});
type OpenAiCompatibleSettings = z.infer<typeof OpenAiCompatibleSettings>;

/**
 * Any server with OpenAI's Chat Completions: Ollama, vLLM, LM Studio, llama.cpp, OpenRouter, Groq, DeepSeek, Mistral …
 * @see https://platform.openai.com/docs/api-reference/chat
 */
@ProviderPlugin()
export class OpenAiCompatibleProvider implements Provider {
  readonly descriptor: ProviderDescriptor = {
    id: 'openai-compatible',
    displayName: 'OpenAI-compatible server',
    documentation: 'https://platform.openai.com/docs/api-reference/chat',
    credentials: ['api-key', 'none'],
    settings: OpenAiCompatibleSettings,
    secretSettings: ['apiKey'],
    readCredential: apiKeyCredential,
  };
  readonly #api: OpenAiStyle;

  constructor(http: UpstreamHttp) {
    this.#api = new OpenAiStyle({ http, baseUrlOf });
  }

  formats(): readonly FormatId[] {
    return ['openai-chat'];
  }

  send(call: UpstreamCall): Promise<UpstreamReply> {
    return this.#api.send(call);
  }

  listModels(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    return this.#api.listModels(account, credential, signal);
  }
}

function baseUrlOf(account: Account): string {
  const settings = account.settings as OpenAiCompatibleSettings; // checked by the schema when the account was declared
  return settings.baseUrl;
}

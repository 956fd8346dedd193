import type { FormatId, WireHeaders } from '@sluice/core';
import {
  apiKeyCredential,
  baseUrlSetting,
  bearer,
  OpenAiStyle,
  ProviderPlugin,
  type Account,
  type Credential,
  type ForwardCall,
  type ModelInfo,
  type Provider,
  type ProviderDescriptor,
  type UpstreamCall,
  type UpstreamHttp,
  type UpstreamReply,
} from '@sluice/provider-kit';
import { z } from 'zod';
import { dialectSettings } from './dialect-settings.js';
import { DIALECT_NAMES, DIALECTS } from './dialects.js';
import { withDialect } from './with-dialect.js';

const OpenAiCompatibleSettings = z
  .strictObject({
    baseUrl: baseUrlSetting().describe('Everything before /chat/completions, as in http://127.0.0.1:11434/v1.'),
    apiKey: z.string().min(1).optional().describe('Sent as a bearer token; absent for servers without keys.'),
    wireApi: z
      .enum(['chat', 'responses', 'auto'])
      .default('auto')
      .describe('Which API is called: Chat Completions, Responses, or what the dialect is known to have.'),
    dialect: z
      .enum(DIALECT_NAMES)
      .optional()
      .describe('Whose server it is; the members below win over what is known of it.'),
    ...dialectSettings,
  })
  .overwrite(withDialect);
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
    api: 'openai',
    documentation: 'https://platform.openai.com/docs/api-reference/chat',
    credentials: ['api-key', 'none'],
    settings: OpenAiCompatibleSettings,
    secretSettings: ['apiKey'],
    readCredential: apiKeyCredential,
  };
  readonly #api: OpenAiStyle;

  constructor(http: UpstreamHttp) {
    this.#api = new OpenAiStyle({ http, baseUrlOf, authOf, queryOf });
  }

  formats(_model: string, account: Account): readonly FormatId[] {
    const { wireApi, dialect } = settingsOf(account);
    if (wireApi === 'responses') return RESPONSES;
    const hasResponses = wireApi === 'auto' && dialect !== undefined && DIALECTS[dialect].hasResponses === true;
    return hasResponses ? BOTH : CHAT;
  }

  send(call: UpstreamCall): Promise<UpstreamReply> {
    return this.#api.send(call);
  }

  forward(call: ForwardCall): Promise<UpstreamReply> {
    return this.#api.forward(call);
  }

  listModels(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    return this.#api.listModels(account, credential, signal);
  }
}

/** What every server has beside its main API, or answers with a 404. */
const OTHERS = ['openai-completions', 'openai-embeddings'];
const CHAT: readonly FormatId[] = ['openai-chat', ...OTHERS];
const RESPONSES: readonly FormatId[] = ['openai-responses', ...OTHERS];
const BOTH: readonly FormatId[] = ['openai-chat', 'openai-responses', ...OTHERS];

function settingsOf(account: Account): OpenAiCompatibleSettings {
  return account.settings as OpenAiCompatibleSettings; // checked by the schema when the account was declared
}

function baseUrlOf(account: Account, model: string | undefined): string {
  const { baseUrl, deploymentPath } = settingsOf(account);
  if (deploymentPath !== true || model === undefined) return baseUrl;
  return `${baseUrl.replace(/\/+$/, '')}/deployments/${encodeURIComponent(model)}`;
}

function authOf(account: Account, credential: Credential): WireHeaders {
  const { authHeader } = settingsOf(account);
  return authHeader === undefined || credential.secret === ''
    ? bearer(credential)
    : { [authHeader]: credential.secret };
}

function queryOf(account: Account): Readonly<Record<string, string>> | undefined {
  const { apiVersion } = settingsOf(account);
  return apiVersion === undefined ? undefined : { 'api-version': apiVersion };
}

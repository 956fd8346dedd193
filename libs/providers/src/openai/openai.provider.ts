import type { FormatId, WireHeaders } from '@sluice/core';
import {
  apiKeyCredential,
  baseUrlSetting,
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
import { isResponsesOnly } from './responses-only.js';

const OpenAiSettings = z.strictObject({
  apiKey: z.string().min(1).describe('A key of https://platform.openai.com/api-keys.'),
  baseUrl: baseUrlSetting().default('https://api.openai.com/v1').describe('With its version, as in …/v1.'),
  organization: z.string().min(1).optional().describe('Whom the calls are billed to: the header OpenAI-Organization.'),
  project: z.string().min(1).optional().describe('The header OpenAI-Project.'),
  wireApi: z
    .enum(['chat', 'responses', 'auto'])
    .default('auto')
    .describe(
      'Which API is called; auto = Chat Completions, and Responses for its clients and for models without the other.',
    ),
  streamUsage: z.boolean().default(true).describe('Ask for usage at the end of a stream.'),
});
type OpenAiSettings = z.infer<typeof OpenAiSettings>;

/**
 * OpenAI by API key.
 * @see https://platform.openai.com/docs/api-reference
 */
@ProviderPlugin()
export class OpenAiProvider implements Provider {
  readonly descriptor: ProviderDescriptor = {
    id: 'openai',
    displayName: 'OpenAI',
    api: 'openai',
    documentation: 'https://platform.openai.com/docs/api-reference',
    credentials: ['api-key'],
    settings: OpenAiSettings,
    secretSettings: ['apiKey'],
    readCredential: apiKeyCredential,
  };
  readonly #api: OpenAiStyle;

  constructor(http: UpstreamHttp) {
    this.#api = new OpenAiStyle({
      http,
      baseUrlOf: (account) => settingsOf(account).baseUrl,
      headersOf: (account) => billingHeaders(settingsOf(account)),
    });
  }

  formats(model: string, account: Account): readonly FormatId[] {
    const { wireApi } = settingsOf(account);
    const api = wireApi === 'auto' && isResponsesOnly(model) ? 'responses' : wireApi;
    return FORMATS[api];
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

/** What the API has for models of other kinds. */
const OTHERS = ['openai-completions', 'openai-embeddings'];
const FORMATS: Readonly<Record<OpenAiSettings['wireApi'], readonly FormatId[]>> = {
  chat: ['openai-chat', ...OTHERS],
  responses: ['openai-responses', ...OTHERS],
  auto: ['openai-chat', 'openai-responses', ...OTHERS],
};

function settingsOf(account: Account): OpenAiSettings {
  return account.settings as OpenAiSettings; // checked by the descriptor's schema when the account was declared
}

function billingHeaders({ organization, project }: OpenAiSettings): WireHeaders {
  return { 'openai-organization': organization, 'openai-project': project };
}

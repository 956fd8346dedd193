import type { FormatId, WireHeaders } from '@sluice/core';
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

const OpenAiSettings = z.strictObject({
  apiKey: z.string().min(1).describe('A key of https://platform.openai.com/api-keys.'),
  baseUrl: baseUrlSetting().default('https://api.openai.com/v1').describe('With its version, as in …/v1.'),
  organization: z.string().min(1).optional().describe('Whom the calls are billed to: the header OpenAI-Organization.'),
  project: z.string().min(1).optional().describe('The header OpenAI-Project.'),
  wireApi: z
    .enum(['chat', 'responses', 'auto'])
    .default('auto')
    .describe('Which API is called. Chat Completions is the one served so far.'),
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

function settingsOf(account: Account): OpenAiSettings {
  return account.settings as OpenAiSettings; // checked by the descriptor's schema when the account was declared
}

function billingHeaders({ organization, project }: OpenAiSettings): WireHeaders {
  return { 'openai-organization': organization, 'openai-project': project };
}

import type { FormatId, WireHeaders } from '@sluice/core';
import {
  apiKeyCredential,
  baseUrlSetting,
  callHeaders,
  endpointOf,
  forwardCallHeaders,
  joinUrl,
  ProviderPlugin,
  withLocation,
  type Account,
  type CountCall,
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
import { authHeaders } from './auth-headers.js';
import { listAnthropicModels } from './list-models.js';

const ENDPOINTS: Readonly<Partial<Record<FormatId, string>>> = { 'anthropic-messages': '/v1/messages' };

const COUNT_TOKENS = '/v1/messages/count_tokens';

/** Used where the client names none. @see https://docs.anthropic.com/en/api/versioning */
const DEFAULT_VERSION: WireHeaders = { 'anthropic-version': '2023-06-01' };

const AnthropicSettings = z.strictObject({
  apiKey: z.string().min(1).describe('A key of https://console.anthropic.com/settings/keys.'),
  baseUrl: baseUrlSetting().default('https://api.anthropic.com').describe('Without /v1.'),
});
type AnthropicSettings = z.infer<typeof AnthropicSettings>;

/**
 * Anthropic's Messages API by API key, at Anthropic or at a vendor that speaks it too.
 * @see https://docs.anthropic.com/en/api/messages
 */
@ProviderPlugin()
export class AnthropicProvider implements Provider {
  readonly descriptor: ProviderDescriptor = {
    id: 'anthropic',
    displayName: 'Anthropic',
    api: 'anthropic',
    documentation: 'https://docs.anthropic.com/en/api/messages',
    credentials: ['api-key'],
    settings: AnthropicSettings,
    secretSettings: ['apiKey'],
    readCredential: apiKeyCredential,
  };

  constructor(private readonly http: UpstreamHttp) {}

  formats(): readonly FormatId[] {
    return ['anthropic-messages'];
  }

  send(call: UpstreamCall): Promise<UpstreamReply> {
    const { account, credential, cancellation, query, body } = call;
    const baseUrl = baseUrlOf(account);
    return this.http.send({
      method: 'POST',
      url: joinUrl(baseUrl, endpointOf(ENDPOINTS, call), query),
      headers: callHeaders(call, { defaults: DEFAULT_VERSION, auth: authHeaders(baseUrl, credential) }),
      body,
      transport: account.transport,
      cancellation,
    });
  }

  async forward(call: ForwardCall): Promise<UpstreamReply> {
    const { account, credential, cancellation, method, path, query, body } = call;
    const baseUrl = baseUrlOf(account);
    const own = { defaults: DEFAULT_VERSION, auth: authHeaders(baseUrl, credential) };
    const url = joinUrl(baseUrl, path, query);
    const reply = await this.http.send({
      method,
      url,
      headers: forwardCallHeaders(call, 'anthropic', own),
      body,
      transport: account.transport,
      cancellation,
    });
    return withLocation(reply, { url, path });
  }

  /** @see https://docs.anthropic.com/en/api/messages-count-tokens */
  countTokens(call: CountCall): Promise<UpstreamReply> {
    const { account, credential, cancellation, query, body } = call;
    const baseUrl = baseUrlOf(account);
    return this.http.send({
      method: 'POST',
      url: joinUrl(baseUrl, COUNT_TOKENS, query),
      headers: callHeaders(
        { ...call, stream: false },
        { defaults: DEFAULT_VERSION, auth: authHeaders(baseUrl, credential) },
      ),
      body,
      transport: account.transport,
      cancellation,
    });
  }

  listModels(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const baseUrl = baseUrlOf(account);
    const headers = { ...DEFAULT_VERSION, ...authHeaders(baseUrl, credential) };
    return listAnthropicModels({ http: this.http, account, baseUrl, headers, signal });
  }
}

function baseUrlOf(account: Account): string {
  return (account.settings as AnthropicSettings).baseUrl; // checked by the schema when the account was declared
}

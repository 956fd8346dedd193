import type { FormatId, UpstreamFailure, WireHeaders } from '@sluice/core';
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
  type FailedReply,
  type ForwardCall,
  type ModelInfo,
  type Provider,
  type ProviderDescriptor,
  type UpstreamCall,
  type UpstreamHttp,
  type UpstreamReply,
} from '@sluice/provider-kit';
import { z } from 'zod';
import { pathOf, queryOf } from './call-address.js';
import { classifyGeminiReply } from './classify-reply.js';
import { listGeminiModels } from './list-models.js';

const GeminiSettings = z.strictObject({
  apiKey: z.string().min(1).describe('A key of https://aistudio.google.com/apikey.'),
  baseUrl: baseUrlSetting().default('https://generativelanguage.googleapis.com').describe('Without /v1beta.'),
  schemas: z
    .enum(['json-schema', 'openapi'])
    .default('json-schema')
    .describe('How the schemas of tools and answers are written; openapi for endpoints that know no JSON schema.'),
});
type GeminiSettings = z.infer<typeof GeminiSettings>;

/**
 * Google's Gemini API by API key, at Google or at a vendor that speaks it too.
 * @see https://ai.google.dev/api
 */
@ProviderPlugin()
export class GeminiProvider implements Provider {
  readonly descriptor: ProviderDescriptor = {
    id: 'gemini',
    displayName: 'Google Gemini',
    api: 'gemini',
    documentation: 'https://ai.google.dev/api',
    credentials: ['api-key'],
    settings: GeminiSettings,
    secretSettings: ['apiKey'],
    readCredential: apiKeyCredential,
  };

  constructor(private readonly http: UpstreamHttp) {}

  formats(): readonly FormatId[] {
    return FORMATS;
  }

  send(call: UpstreamCall): Promise<UpstreamReply> {
    const streams = call.stream && call.format === 'gemini';
    return this.#ask({ ...call, stream: streams }, streams ? 'streamGenerateContent' : endpointOf(METHODS, call));
  }

  /** @see https://ai.google.dev/api/tokens */
  countTokens(call: CountCall): Promise<UpstreamReply> {
    return this.#ask({ ...call, stream: false }, 'countTokens');
  }

  /** A request that passes whole: files, caches, batches, tuned models … */
  async forward(call: ForwardCall): Promise<UpstreamReply> {
    const { account, credential, cancellation, method, path, query, body } = call;
    const url = joinUrl(baseUrlOf(account), path, query);
    const reply = await this.http.send({
      method,
      url,
      headers: forwardCallHeaders(call, 'gemini', { auth: authHeaders(credential) }),
      body,
      transport: account.transport,
      cancellation,
    });
    return withLocation(reply, { url, path });
  }

  classify(reply: FailedReply): UpstreamFailure | undefined {
    return classifyGeminiReply(reply);
  }

  listModels(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const baseUrl = baseUrlOf(account);
    return listGeminiModels({ http: this.http, account, baseUrl, headers: authHeaders(credential), signal });
  }

  #ask(call: UpstreamCall, method: string): Promise<UpstreamReply> {
    const { account, credential, cancellation, body } = call;
    return this.http.send({
      method: 'POST',
      url: joinUrl(baseUrlOf(account), pathOf(call.model, method), queryOf(call)),
      headers: callHeaders(call, { auth: authHeaders(credential) }),
      body,
      transport: account.transport,
      cancellation,
    });
  }
}

/** What Google calls the asking in each format. */
const METHODS: Readonly<Partial<Record<FormatId, string>>> = {
  gemini: 'generateContent',
  'gemini-embedding': 'embedContent',
  'gemini-embeddings': 'batchEmbedContents',
};
const FORMATS: readonly FormatId[] = Object.keys(METHODS);

/** In a header, never in the query, where logs would keep it. @see https://ai.google.dev/gemini-api/docs/api-key */
function authHeaders(credential: Credential): WireHeaders {
  return { 'x-goog-api-key': credential.secret };
}

function baseUrlOf(account: Account): string {
  return (account.settings as GeminiSettings).baseUrl; // checked by the schema when the account was declared
}

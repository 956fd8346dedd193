import { GatewayError, isJsonObject, type FormatId, type WireHeaders } from '@sluice/core';
import type { Account, Credential } from './account.js';
import { bearer } from './headers/bearer.js';
import { callHeaders } from './headers/call-headers.js';
import { endpointOf } from './endpoint-of.js';
import { forwardCallHeaders } from './headers/forward-call-headers.js';
import { joinWholeBaseUrl } from './join-url.js';
import { mergeHeaders } from './headers/merge-headers.js';
import { withLocation } from './headers/with-location.js';
import type { ForwardCall, ModelInfo, UpstreamCall, UpstreamReply } from './provider.js';
import { replyFailure } from './http/reply-failure.js';
import { requestJson } from './http/request-json.js';
import type { UpstreamHttp } from './http/upstream-http.js';

const ENDPOINTS: Readonly<Partial<Record<FormatId, string>>> = {
  'openai-chat': '/v1/chat/completions',
  'openai-completions': '/v1/completions',
  'openai-embeddings': '/v1/embeddings',
  'openai-responses': '/v1/responses',
};
const MODELS = '/v1/models';

export interface OpenAiStyleOptions {
  readonly http: UpstreamHttp;
  /** Where the vendor is, with everything before `/chat/completions`. @param model undefined = a call about no model */
  baseUrlOf(account: Account, model: string | undefined): string;
  /** The credential's headers. Default: a bearer token. */
  authOf?(account: Account, credential: Credential): WireHeaders;
  /** Parameters of every call; they win over the client's of the same name. */
  queryOf?(account: Account): Readonly<Record<string, string>> | undefined;
  /** Headers that the account's settings ask for. */
  headersOf?(account: Account): WireHeaders;
}

/**
 * The transport of vendors with OpenAI's addresses and, mostly, a bearer token: `POST …/chat/completions`, `GET …/models`.
 * @see https://platform.openai.com/docs/api-reference
 */
export class OpenAiStyle {
  constructor(private readonly options: OpenAiStyleOptions) {}

  send(call: UpstreamCall): Promise<UpstreamReply> {
    const { account, credential, cancellation, model, query, body } = call;
    return this.options.http.send({
      method: 'POST',
      url: this.#url(account, model, endpointOf(ENDPOINTS, call), query),
      headers: callHeaders(call, { auth: this.#ownHeaders(account, credential) }),
      body,
      transport: account.transport,
      cancellation,
    });
  }

  /** A request that passes whole. */
  async forward(call: ForwardCall): Promise<UpstreamReply> {
    const { account, credential, cancellation, method, path, query, body } = call;
    const url = this.#url(account, undefined, path, query);
    const reply = await this.options.http.send({
      method,
      url,
      headers: forwardCallHeaders(call, 'openai', { auth: this.#ownHeaders(account, credential) }),
      body,
      transport: account.transport,
      cancellation,
    });
    return withLocation(reply, { url, path });
  }

  /** @throws GatewayError */
  async listModels(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const reply = await requestJson(this.options.http, {
      method: 'GET',
      url: this.#url(account, undefined, MODELS, ''),
      headers: mergeHeaders(this.#ownHeaders(account, credential), account.headers),
      transport: account.transport,
      signal,
    });
    if (reply.status !== 200) throw replyFailure(reply, 'its model list');
    return readModels(reply.value);
  }

  #url(account: Account, model: string | undefined, path: string, query: string): string {
    const own = this.options.queryOf?.(account);
    const baseUrl = this.options.baseUrlOf(account, model);
    return joinWholeBaseUrl(baseUrl, path, own === undefined ? query : withParameters(query, own));
  }

  #ownHeaders(account: Account, credential: Credential): WireHeaders {
    const auth = this.options.authOf?.(account, credential) ?? bearer(credential);
    const extra = this.options.headersOf?.(account);
    return extra === undefined ? auth : { ...extra, ...auth };
  }
}

function withParameters(query: string, own: Readonly<Record<string, string>>): string {
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(own)) parameters.set(name, value);
  return `?${parameters.toString()}`;
}

function readModels(value: unknown): readonly ModelInfo[] {
  if (!isJsonObject(value) || !Array.isArray(value['data'])) {
    throw new GatewayError({ kind: 'upstream_invalid_response', message: "The vendor's model list has no data." });
  }
  return value['data'].filter(isJsonObject).flatMap(({ id, created, owned_by: ownedBy }) =>
    typeof id !== 'string'
      ? []
      : {
          id,
          ...(typeof created === 'number' && { createdAt: created }),
          ...(typeof ownedBy === 'string' && { ownedBy }),
        },
  );
}

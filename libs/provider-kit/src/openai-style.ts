import { GatewayError, isJsonObject, type FormatId, type WireHeaders } from '@sluice/core';
import type { Account, Credential } from './account.js';
import { bearer } from './headers/bearer.js';
import { callHeaders } from './headers/call-headers.js';
import { endpointOf } from './endpoint-of.js';
import { joinWholeBaseUrl } from './join-url.js';
import { mergeHeaders } from './headers/merge-headers.js';
import type { ModelInfo, UpstreamCall, UpstreamReply } from './provider.js';
import { replyFailure } from './http/reply-failure.js';
import { requestJson } from './http/request-json.js';
import type { UpstreamHttp } from './http/upstream-http.js';

const ENDPOINTS: Readonly<Partial<Record<FormatId, string>>> = { 'openai-chat': '/v1/chat/completions' };
const MODELS = '/v1/models';

export interface OpenAiStyleOptions {
  readonly http: UpstreamHttp;
  /** Where the vendor is, with everything before `/chat/completions`. */
  baseUrlOf(account: Account): string;
  /** Headers that the account's settings ask for. */
  headersOf?(account: Account): WireHeaders;
}

/**
 * The transport of vendors with OpenAI's addresses and a bearer token: `POST …/chat/completions`, `GET …/models`.
 * @see https://platform.openai.com/docs/api-reference
 */
export class OpenAiStyle {
  constructor(private readonly options: OpenAiStyleOptions) {}

  send(call: UpstreamCall): Promise<UpstreamReply> {
    const { account, credential, cancellation, query, body } = call;
    return this.options.http.send({
      method: 'POST',
      url: joinWholeBaseUrl(this.options.baseUrlOf(account), endpointOf(ENDPOINTS, call), query),
      headers: callHeaders(call, { auth: this.#ownHeaders(account, credential) }),
      body,
      transport: account.transport,
      cancellation,
    });
  }

  /** @throws GatewayError */
  async listModels(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const reply = await requestJson(this.options.http, {
      method: 'GET',
      url: joinWholeBaseUrl(this.options.baseUrlOf(account), MODELS),
      headers: mergeHeaders(this.#ownHeaders(account, credential), account.headers),
      transport: account.transport,
      signal,
    });
    if (reply.status !== 200) throw replyFailure(reply, 'its model list');
    return readModels(reply.value);
  }

  #ownHeaders(account: Account, credential: Credential): WireHeaders {
    const auth = bearer(credential);
    const extra = this.options.headersOf?.(account);
    return extra === undefined ? auth : { ...extra, ...auth };
  }
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

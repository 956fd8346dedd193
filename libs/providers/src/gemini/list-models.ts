import { GatewayError, isJsonObject, type JsonObject, type WireHeaders } from '@sluice/core';
import {
  joinUrl,
  mergeHeaders,
  replyFailure,
  requestJson,
  type Account,
  type ModelInfo,
  type UpstreamHttp,
} from '@sluice/provider-kit';

/** The most that one page may hold. */
const PAGE_SIZE = 1000;
/** A list longer than this is cut off. */
const MAX_PAGES = 10;

const PREFIX = 'models/';

export interface ListingOptions {
  readonly http: UpstreamHttp;
  readonly account: Account;
  readonly baseUrl: string;
  readonly headers: WireHeaders;
  readonly signal: AbortSignal;
}

/**
 * All pages of `GET /v1beta/models`.
 * @throws GatewayError
 * @see https://ai.google.dev/api/models#method:-models.list
 */
export async function listGeminiModels(options: ListingOptions): Promise<readonly ModelInfo[]> {
  const { http, account, baseUrl, headers, signal } = options;
  const models: ModelInfo[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const after = token === undefined ? '' : `&pageToken=${encodeURIComponent(token)}`;
    const reply = await requestJson(http, {
      method: 'GET',
      url: joinUrl(baseUrl, '/v1beta/models', `?pageSize=${PAGE_SIZE}${after}`),
      headers: mergeHeaders(headers, account.headers),
      transport: account.transport,
      signal,
    });
    if (reply.status !== 200) throw replyFailure(reply, 'its model list');
    const { value } = reply;
    const list = isJsonObject(value) ? (value['models'] ?? []) : undefined;
    if (!isJsonObject(value) || !Array.isArray(list)) throw unreadable();
    models.push(...list.filter(isJsonObject).flatMap(readModel));
    const next = value['nextPageToken'];
    if (typeof next !== 'string' || next === '' || next === token) break;
    token = next;
  }
  return models;
}

function readModel({ name, displayName }: JsonObject): readonly ModelInfo[] {
  if (typeof name !== 'string') return [];
  const id = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
  return [{ id, ...(typeof displayName === 'string' && { displayName }) }];
}

function unreadable(): GatewayError {
  return new GatewayError({ kind: 'upstream_invalid_response', message: "The vendor's model list has no models." });
}

import { GatewayError, isJsonObject, type JsonObject, type JsonValue, type WireHeaders } from '@sluice/core';
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
const MS_PER_SECOND = 1000;

export interface ListingOptions {
  readonly http: UpstreamHttp;
  readonly account: Account;
  readonly baseUrl: string;
  readonly headers: WireHeaders;
  readonly signal: AbortSignal;
}

/**
 * All pages of `GET /v1/models`.
 * @throws GatewayError
 * @see https://docs.anthropic.com/en/api/models-list
 */
export async function listAnthropicModels(options: ListingOptions): Promise<readonly ModelInfo[]> {
  const { http, account, baseUrl, headers, signal } = options;
  const models: ModelInfo[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const after = cursor === undefined ? '' : `&after_id=${encodeURIComponent(cursor)}`;
    const reply = await requestJson(http, {
      method: 'GET',
      url: joinUrl(baseUrl, '/v1/models', `?limit=${PAGE_SIZE}${after}`),
      headers: mergeHeaders(headers, account.headers),
      transport: account.transport,
      signal,
    });
    if (reply.status !== 200) throw replyFailure(reply, 'its model list');
    const { value } = reply;
    const data = isJsonObject(value) ? value['data'] : undefined;
    if (!isJsonObject(value) || !Array.isArray(data)) throw unreadable();
    models.push(...data.filter(isJsonObject).flatMap(readModel));
    const next = value['last_id'];
    if (value['has_more'] !== true || typeof next !== 'string' || next === cursor) break;
    cursor = next;
  }
  return models;
}

function readModel({ id, display_name: displayName, created_at: createdAt }: JsonObject): readonly ModelInfo[] {
  if (typeof id !== 'string') return [];
  const seconds = unixSeconds(createdAt);
  return [
    {
      id,
      ...(typeof displayName === 'string' && { displayName }),
      ...(seconds !== undefined && { createdAt: seconds }),
    },
  ];
}

function unixSeconds(date: JsonValue | undefined): number | undefined {
  const ms = typeof date === 'string' ? Date.parse(date) : NaN;
  return Number.isNaN(ms) ? undefined : Math.floor(ms / MS_PER_SECOND);
}

function unreadable(): GatewayError {
  return new GatewayError({ kind: 'upstream_invalid_response', message: "The vendor's model list has no data." });
}

import {
  GatewayError,
  joinUrl,
  mergeHeaders,
  replyFailure,
  requestJson,
  type Account,
  type ModelInfo,
  type UpstreamHttp,
  type WireHeaders,
} from '@sluice/provider-kit';

/** The most that one page may hold. */
const PAGE_SIZE = 50;
/** A list longer than this is cut off. */
const MAX_PAGES = 10;

export interface ListingOptions {
  readonly http: UpstreamHttp;
  readonly account: Account;
  readonly baseUrl: string;
  readonly profileArn: string | undefined;
  readonly headers: WireHeaders;
  readonly signal: AbortSignal;
}

/**
 * All pages of `GET /ListAvailableModels`: what the account's plan has.
 * @throws GatewayError
 */
export async function listKiroModels(options: ListingOptions): Promise<readonly ModelInfo[]> {
  const { http, account, baseUrl, profileArn, headers, signal } = options;
  const models: ModelInfo[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = new URLSearchParams({ origin: 'AI_EDITOR', maxResults: String(PAGE_SIZE) });
    if (profileArn !== undefined) query.set('profileArn', profileArn);
    if (nextToken !== undefined) query.set('nextToken', nextToken);
    const reply = await requestJson(http, {
      method: 'GET',
      url: joinUrl(baseUrl, '/ListAvailableModels', `?${query}`),
      headers: mergeHeaders(headers, account.headers),
      transport: account.transport,
      signal,
    });
    if (reply.status !== 200) throw replyFailure(reply, 'its model list');
    const { models: listed, nextToken: next } = readPage(reply.value);
    models.push(...listed);
    if (next === undefined || next === nextToken) break;
    nextToken = next;
  }
  return models;
}

interface Page {
  readonly models: readonly ModelInfo[];
  readonly nextToken: string | undefined;
}

function readPage(value: unknown): Page {
  const { models, nextToken } = (value ?? {}) as { readonly models?: unknown; readonly nextToken?: unknown }; // both are checked
  if (!Array.isArray(models)) {
    throw new GatewayError({ kind: 'upstream_invalid_response', message: "The vendor's model list has no models." });
  }
  return {
    models: models.flatMap(readModel),
    nextToken: typeof nextToken === 'string' && nextToken !== '' ? nextToken : undefined,
  };
}

function readModel(value: unknown): readonly ModelInfo[] {
  const { modelId, modelName } = (value ?? {}) as { readonly modelId?: unknown; readonly modelName?: unknown }; // both are checked
  if (typeof modelId !== 'string') return [];
  return [{ id: modelId, ...(typeof modelName === 'string' && { displayName: modelName }) }];
}

import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import {
  GatewayError,
  joinUrl,
  replyFailure,
  requestJson,
  type Account,
  type ModelInfo,
  type UpstreamHttp,
  type WireHeaders,
} from '@sluice/provider-kit';

/** The most that one page may hold. */
const PAGE_SIZE = 1000;
/** A list longer than this is cut off. */
const MAX_PAGES = 10;

export interface ListingOptions {
  readonly http: UpstreamHttp;
  readonly account: Account;
  readonly baseUrl: string;
  /** The proof of a request without a body. */
  readonly headersFor: (url: string) => Promise<WireHeaders> | WireHeaders;
  readonly signal: AbortSignal;
}

/**
 * Models that answer in text and can be called by their own id, then the cross-region profiles, by which most newer ones have
 * to be called.
 * @throws GatewayError
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModels.html
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListInferenceProfiles.html
 */
export async function listBedrockModels(options: ListingOptions): Promise<readonly ModelInfo[]> {
  const models = await readPage(options, '/foundation-models', '?byOutputModality=TEXT&byInferenceType=ON_DEMAND');
  const listed = objectsIn(models, 'modelSummaries').flatMap((model) =>
    modelInfo(model, { id: 'modelId', name: 'modelName', owner: 'providerName' }),
  );
  return [...listed, ...(await listProfiles(options))];
}

async function listProfiles(options: ListingOptions): Promise<readonly ModelInfo[]> {
  const profiles: ModelInfo[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const next = token === undefined ? '' : `&nextToken=${encodeURIComponent(token)}`;
    const value = await readPage(options, '/inference-profiles', `?maxResults=${PAGE_SIZE}${next}`);
    profiles.push(
      ...objectsIn(value, 'inferenceProfileSummaries').flatMap((profile) =>
        modelInfo(profile, { id: 'inferenceProfileId', name: 'inferenceProfileName' }),
      ),
    );
    const { nextToken } = value;
    if (typeof nextToken !== 'string' || nextToken === token) break;
    token = nextToken;
  }
  return profiles;
}

async function readPage(options: ListingOptions, path: string, query: string): Promise<JsonObject> {
  const { http, account, baseUrl, headersFor, signal } = options;
  const url = joinUrl(baseUrl, path, query);
  const headers = { ...(await headersFor(url)), ...account.headers };
  const reply = await requestJson(http, { method: 'GET', url, headers, transport: account.transport, signal });
  if (reply.status !== 200) throw replyFailure(reply, 'its model list');
  if (isJsonObject(reply.value)) return reply.value;
  throw new GatewayError({ kind: 'upstream_invalid_response', message: "The vendor's model list is no JSON object." });
}

function modelInfo(
  entry: JsonObject,
  members: { readonly id: string; readonly name: string; readonly owner?: string },
): readonly ModelInfo[] {
  const id = entry[members.id];
  const displayName = entry[members.name];
  const ownedBy = members.owner === undefined ? undefined : entry[members.owner];
  if (typeof id !== 'string') return [];
  return [
    {
      id,
      ...(typeof displayName === 'string' && { displayName }),
      ...(typeof ownedBy === 'string' && { ownedBy }),
    },
  ];
}

function objectsIn(object: JsonObject, name: string): readonly JsonObject[] {
  const value: JsonValue | undefined = object[name];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

import { isJsonObject } from '@sluice/core';
import {
  GatewayError,
  joinUrl,
  mergeHeaders,
  replyFailure,
  requestJson,
  type Account,
  type JsonReply,
  type UpstreamHttp,
  type WireHeaders,
} from '@sluice/provider-kit';

export const LIST_PROFILES_TARGET = 'AmazonCodeWhispererService.ListAvailableProfiles';
/** Only the first one is used. */
const MAX_PROFILES = 10;
const NOT_FOR_BUILDER_ID = /Builder ID is not supported/i;

export interface ProfileQuestion {
  readonly http: UpstreamHttp;
  readonly account: Account;
  readonly baseUrl: string;
  readonly headers: WireHeaders;
  readonly signal: AbortSignal;
}

/** `builder-id`: the vendor says that such logins have none. `none`: not in this region. */
export type ProfileAnswer =
  { readonly type: 'found'; readonly arn: string } | { readonly type: 'none' } | { readonly type: 'builder-id' };

/**
 * Asks for the profile of a login in one region.
 * @throws GatewayError when there is no answer that says so
 */
export async function listProfiles({
  http,
  account,
  baseUrl,
  headers,
  signal,
}: ProfileQuestion): Promise<ProfileAnswer> {
  const reply = await requestJson(http, {
    method: 'POST',
    url: joinUrl(baseUrl, '/'),
    headers: mergeHeaders(headers, account.headers),
    body: { maxResults: MAX_PROFILES },
    transport: account.transport,
    signal,
  });
  if (reply.status !== 200) {
    if (reply.status < 500 && NOT_FOR_BUILDER_ID.test(JSON.stringify(reply.value ?? ''))) return { type: 'builder-id' };
    throw replyFailure(reply, 'its profiles');
  }
  return readProfiles(reply);
}

function readProfiles({ value }: JsonReply): ProfileAnswer {
  const profiles = isJsonObject(value) ? value['profiles'] : undefined;
  if (!Array.isArray(profiles)) {
    throw new GatewayError({ kind: 'upstream_invalid_response', message: "The vendor's list of profiles has none." });
  }
  const arns = profiles.map((profile) => (isJsonObject(profile) ? profile['arn'] : undefined));
  const arn = arns.find((found): found is string => typeof found === 'string' && found.trim() !== '');
  return arn === undefined ? { type: 'none' } : { type: 'found', arn };
}

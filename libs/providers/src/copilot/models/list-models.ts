import { isJsonObject } from '@sluice/core';
import {
  bearer,
  GatewayError,
  joinUrl,
  mergeHeaders,
  replyFailure,
  requestJson,
  type Account,
  type Credential,
  type UpstreamHttp,
} from '@sluice/provider-kit';
import { copilotBase } from '../hosts.js';
import { copilotHeaders } from '../identity-headers.js';
import { settingsOf } from '../settings.js';
import { readModels, type CopilotModel } from './read-models.js';

export interface Listing {
  readonly http: UpstreamHttp;
  readonly account: Account;
  readonly credential: Credential;
  readonly signal: AbortSignal;
}

/** `GET /models`: what the plan of the account has, under the vendor's own names. @throws GatewayError */
export async function listCopilotModels(listing: Listing): Promise<readonly CopilotModel[]> {
  const { http, account, credential, signal } = listing;
  const reply = await requestJson(http, {
    method: 'GET',
    url: joinUrl(copilotBase(account, credential), '/models'),
    headers: mergeHeaders(copilotHeaders(settingsOf(account)), bearer(credential), account.headers),
    transport: account.transport,
    signal,
  });
  if (reply.status !== 200) throw replyFailure(reply, 'its model list');
  const data = isJsonObject(reply.value) ? reply.value['data'] : undefined;
  if (Array.isArray(data)) return readModels(data);
  throw new GatewayError({ kind: 'upstream_invalid_response', message: "The vendor's model list has no data." });
}

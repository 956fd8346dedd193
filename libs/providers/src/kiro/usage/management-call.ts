import {
  joinUrl,
  mergeHeaders,
  requestJson,
  type Account,
  type Credential,
  type JsonReply,
  type UpstreamHttp,
} from '@sluice/provider-kit';
import { machineOf, profileOf, regionPlaces, settingsOf } from '../credential.js';
import { managementBase } from '../endpoints/hosts.js';
import { managementHeaders } from '../identity-headers.js';
import { apiRegion, otherApiRegion } from '../regions.js';
import { askWithProfile } from './ask-with-profile.js';

export interface ManagementCall {
  readonly http: UpstreamHttp;
  readonly account: Account;
  readonly credential: Credential;
  readonly signal: AbortSignal;
  /** Begins with a slash. */
  readonly path: string;
  /** @param profileArn that is asked for; added by itself */
  query(profileArn: string | undefined): Readonly<Record<string, string>>;
}

/**
 * Reads something that belongs to an account, wherever it is found.
 * @returns the answer, or the vendor's first refusal
 * @throws GatewayError when the vendor could not be asked
 */
export function askManagement({ http, account, credential, signal, path, query }: ManagementCall): Promise<JsonReply> {
  const settings = settingsOf(account);
  const profileArn = credential.kind === 'api-key' ? undefined : profileOf(account, credential);
  const region = apiRegion(regionPlaces(account, credential), profileArn);
  const isElsewhere = settings.endpoints?.management !== undefined || settings.endpoints?.inference !== undefined;
  const otherRegion = isElsewhere ? undefined : otherApiRegion(region);
  const identity = { credential, machineId: machineOf(account, credential), versions: settings };
  return askWithProfile({ region, otherRegion, profileArn }, (question) => {
    const search = new URLSearchParams(query(question.profileArn));
    if (question.profileArn !== undefined) search.set('profileArn', question.profileArn);
    return requestJson(http, {
      method: 'GET',
      url: joinUrl(managementBase(settings, question.region), path, `?${search}`),
      headers: mergeHeaders(managementHeaders(identity), account.headers),
      transport: account.transport,
      signal,
    });
  });
}

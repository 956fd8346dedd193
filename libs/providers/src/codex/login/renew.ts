import { renewTokens, type Account, type Credential, type UpstreamHttp } from '@sluice/provider-kit';
import { detailsOf } from '../credential.js';
import { authUrl, CLIENT_ID, RENEWAL_SCOPE, TOKEN_PATH } from './oauth-client.js';

/** A new access token; this endpoint reads forms. @throws GatewayError as `renewTokens` */
export function renewLogin(renewal: {
  readonly http: UpstreamHttp;
  readonly account: Account;
  readonly credential: Credential;
  readonly signal: AbortSignal;
  readonly nowMs: number;
}): Promise<Credential> {
  return renewTokens({
    ...renewal,
    url: authUrl(renewal.account, TOKEN_PATH),
    body: (refreshToken) =>
      new URLSearchParams({
        client_id: CLIENT_ID,
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        scope: RENEWAL_SCOPE,
      }),
    readDetails: detailsOf,
  });
}

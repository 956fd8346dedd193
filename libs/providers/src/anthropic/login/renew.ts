import { renewTokens, type Account, type Credential, type UpstreamHttp } from '@sluice/provider-kit';
import { accountDetails, CLIENT_ID, SCOPE, tokenUrl } from './oauth-client.js';

/** A new access token. In JSON like the login itself: this endpoint reads no forms. @throws GatewayError as `renewTokens` */
export function renewLogin(renewal: {
  readonly http: UpstreamHttp;
  readonly account: Account;
  readonly credential: Credential;
  readonly signal: AbortSignal;
  readonly nowMs: number;
}): Promise<Credential> {
  return renewTokens({
    ...renewal,
    url: tokenUrl(renewal.account),
    body: (refreshToken) => ({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: CLIENT_ID,
      scope: SCOPE,
    }),
    readDetails: accountDetails,
  });
}

import type { Account, Credential, JsonReply, UpstreamHttp } from '@sluice/provider-kit';
import { joinUrl, mergeHeaders, requestJson } from '@sluice/provider-kit';
import { githubTokenOf } from '../credential.js';
import { githubApiBase } from '../hosts.js';
import { clientHeaders } from '../identity-headers.js';
import { settingsOf } from '../settings.js';

export interface GithubQuestion {
  readonly http: UpstreamHttp;
  readonly account: Account;
  readonly credential: Credential;
  readonly signal: AbortSignal;
}

/** Asks GitHub about the account behind a login. @throws GatewayError when it cannot be asked */
export function askGithub(path: string, { http, account, credential, signal }: GithubQuestion): Promise<JsonReply> {
  const settings = settingsOf(account);
  return requestJson(http, {
    method: 'GET',
    url: joinUrl(githubApiBase(settings), path),
    // not the account's own headers: they are for Copilot, and may replace its authorization
    headers: mergeHeaders(clientHeaders(settings), { authorization: `token ${githubTokenOf(credential)}` }),
    transport: account.transport,
    signal,
  });
}

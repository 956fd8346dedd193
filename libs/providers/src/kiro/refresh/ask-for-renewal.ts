import { isJsonObject } from '@sluice/core';
import {
  GatewayError,
  joinUrl,
  mergeHeaders,
  requestJson,
  type Account,
  type JsonReply,
  type JsonRequest,
  type UpstreamHttp,
} from '@sluice/provider-kit';
import { settingsOf } from '../credential.js';
import { oidcBase, socialAuthBase } from '../endpoints/hosts.js';
import { oidcHeaders, socialAuthHeaders } from '../identity-headers.js';
import type { KiroLogin } from '../login/kiro-login.js';
import type { RegionPlaces } from '../regions.js';
import { checkTokenEndpoint } from './check-token-endpoint.js';
import { deadLogin, refusalOf } from './refusal.js';
import { RefusalError } from './refusal-error.js';

/** Where a renewal does not say how long its token lives. */
const DEFAULT_LIFETIME_SECONDS = 3600;
const MS_PER_SECOND = 1000;

export interface RenewalRequest {
  readonly http: UpstreamHttp;
  readonly account: Account;
  readonly login: KiroLogin;
  readonly machineId: string;
  readonly places: RegionPlaces;
  readonly signal: AbortSignal;
  readonly nowMs: number;
}

/**
 * Renews a login where it was made: at Kiro's own service, at AWS single sign-on, or at the company's identity provider. What
 * the answer leaves out stays.
 * @throws RefusalError when the vendor does not grant it; GatewayError when it could not be asked
 */
export async function askForRenewal(request: RenewalRequest): Promise<KiroLogin> {
  const reply = await requestJson(request.http, {
    ...callFor(request),
    transport: request.account.transport,
    signal: request.signal,
  });
  if (reply.status !== 200) throw new RefusalError(refusalOf(reply));
  return renewed(request.login, reply, request.nowMs);
}

type Call = Pick<JsonRequest, 'method' | 'url' | 'headers' | 'body'>;

function callFor(request: RenewalRequest): Call {
  const { authMethod, refreshToken } = request.login;
  if (authMethod === 'api_key') throw dead('A key is never renewed: replace it.');
  if (refreshToken === undefined) throw dead('The access token has run out, and there is no refresh token.');
  switch (authMethod) {
    case 'social':
      return socialCall(request, refreshToken);
    case 'idc':
      return oidcCall(request, refreshToken);
    case 'external_idp':
      return externalCall(request.login, refreshToken);
    default:
      return unknownMethod(authMethod);
  }
}

function socialCall({ account, places, machineId }: RenewalRequest, refreshToken: string): Call {
  const settings = settingsOf(account);
  return {
    method: 'POST',
    url: joinUrl(socialAuthBase(settings, places), '/refreshToken'),
    headers: mergeHeaders(socialAuthHeaders(machineId, settings)),
    body: { refreshToken },
  };
}

/** JSON although it is OAuth, and in camel case. @see https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html */
function oidcCall({ account, places, login, nowMs }: RenewalRequest, refreshToken: string): Call {
  const { clientId, clientSecret, clientExpiresAtMs } = login;
  if (clientId === undefined || clientSecret === undefined) {
    throw dead('Its login by "idc" needs clientId and clientSecret beside the refresh token.');
  }
  if (clientExpiresAtMs !== undefined && clientExpiresAtMs <= nowMs)
    throw dead('The registration of its client has ended.');
  return {
    method: 'POST',
    url: joinUrl(oidcBase(settingsOf(account), places), '/token'),
    headers: mergeHeaders(oidcHeaders()),
    body: { clientId, clientSecret, refreshToken, grantType: 'refresh_token' },
  };
}

/** OAuth as it is written, by a client without a secret. */
function externalCall({ clientId, tokenEndpoint, scope }: KiroLogin, refreshToken: string): Call {
  if (clientId === undefined || tokenEndpoint === undefined) {
    throw dead('Its login by an external identity provider needs clientId and tokenEndpoint beside the refresh token.');
  }
  const problem = checkTokenEndpoint(tokenEndpoint);
  if (problem !== undefined) throw dead(problem);
  const form = { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken };
  return {
    method: 'POST',
    url: tokenEndpoint,
    headers: {},
    body: new URLSearchParams(scope === undefined ? form : { ...form, scope }),
  };
}

function renewed(old: KiroLogin, { value }: JsonReply, nowMs: number): KiroLogin {
  const answer = isJsonObject(value) ? value : {};
  const text = (...names: readonly string[]): string | undefined => {
    const found = names.map((name) => answer[name]).find((member) => typeof member === 'string' && member !== '');
    return typeof found === 'string' ? found : undefined;
  };
  const accessToken = text('accessToken', 'access_token');
  if (accessToken === undefined) throw new RefusalError({ verdict: 'counted', error: tokenMissing() });
  const lifetime = answer['expiresIn'] ?? answer['expires_in'];
  const seconds = typeof lifetime === 'number' && lifetime > 0 ? lifetime : DEFAULT_LIFETIME_SECONDS;
  const refreshToken = text('refreshToken', 'refresh_token');
  const profileArn = text('profileArn');
  return {
    ...old,
    accessToken,
    expiresAtMs: nowMs + seconds * MS_PER_SECOND,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(profileArn === undefined ? {} : { profileArn }),
  };
}

function tokenMissing(): GatewayError {
  return new GatewayError({ kind: 'upstream_invalid_response', message: 'The renewed login has no access token.' });
}

function dead(reason: string): RefusalError {
  return new RefusalError({ verdict: 'dead', error: deadLogin(reason) });
}

function unknownMethod(method: never): never {
  throw new TypeError(`unknown auth method ${JSON.stringify(method)}`);
}

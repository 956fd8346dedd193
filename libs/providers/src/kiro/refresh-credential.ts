import {
  GatewayError,
  joinUrl,
  mergeHeaders,
  replyFailure,
  requestJson,
  type Account,
  type Credential,
  type JsonReply,
  type UpstreamHttp,
} from '@sluice/provider-kit';
import { oidcBase, socialAuthBase } from './endpoints.js';
import { oidcHeaders, socialAuthHeaders } from './identity-headers.js';
import { machineIdOf } from './machine-id.js';
import type { KiroSettings } from './settings.js';

/** Where a renewal does not say how long its token lives. */
const DEFAULT_LIFETIME_SECONDS = 3600;
/** The vendor refuses tokens in their last minutes: so long before its end one counts as run out. */
export const UNUSABLE_BEFORE_END_MS = 5 * 60 * 1000;
const MS_PER_SECOND = 1000;

/** OAuth's words for a login that no retry brings back. */
const DEAD = ['invalid_grant', 'invalid_client', 'unauthorized_client', 'expired_token', 'access_denied'] as const;

export interface RefreshOptions {
  readonly http: UpstreamHttp;
  readonly account: Account;
  readonly credential: Credential;
  readonly signal: AbortSignal;
  readonly nowMs: number;
}

/**
 * Renews a login where it was made: at Kiro's own service or at AWS single sign-on. What the answer leaves out stays.
 * @throws GatewayError `upstream_auth_failed` when the login is dead; else why it could not be renewed now
 */
export async function refreshCredential(options: RefreshOptions): Promise<Credential> {
  const { credential, nowMs } = options;
  const { refreshToken, authMethod } = credential.details ?? {};
  if (refreshToken === undefined) throw deadLogin('The access token has run out, and there is no refresh token.');
  const reply = await (authMethod === 'idc' ? askOidc(options) : askSocialAuth(options, refreshToken));
  if (reply.status !== 200) throw refusalOf(reply);
  return renewed(credential, reply, nowMs);
}

function askSocialAuth(
  { http, account, credential, signal }: RefreshOptions,
  refreshToken: string,
): Promise<JsonReply> {
  const machineId = machineIdOf({ declared: credential.details?.['machineId'], refreshToken, accountId: account.id });
  return requestJson(http, {
    method: 'POST',
    url: joinUrl(socialAuthBase(settingsOf(account)), '/refreshToken'),
    headers: mergeHeaders(socialAuthHeaders(machineId)),
    body: { refreshToken },
    transport: account.transport,
    signal,
  });
}

/** JSON although it is OAuth, and in camel case. @see https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html */
function askOidc({ http, account, credential, signal }: RefreshOptions): Promise<JsonReply> {
  const { refreshToken, clientId, clientSecret } = credential.details ?? {};
  if (clientId === undefined || clientSecret === undefined) {
    throw deadLogin('Its login by "idc" needs clientId and clientSecret beside the refresh token.');
  }
  return requestJson(http, {
    method: 'POST',
    url: joinUrl(oidcBase(settingsOf(account)), '/token'),
    headers: mergeHeaders(oidcHeaders()),
    body: { clientId, clientSecret, refreshToken, grantType: 'refresh_token' },
    transport: account.transport,
    signal,
  });
}

function renewed(old: Credential, { value }: JsonReply, nowMs: number): Credential {
  const answer = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const text = (name: string): string | undefined => {
    const member = (answer as Readonly<Record<string, unknown>>)[name]; // an object, by the line above
    return typeof member === 'string' && member !== '' ? member : undefined;
  };
  const accessToken = text('accessToken');
  if (accessToken === undefined) {
    throw new GatewayError({ kind: 'upstream_invalid_response', message: 'The renewed login has no access token.' });
  }
  const { expiresIn = DEFAULT_LIFETIME_SECONDS } = answer as { readonly expiresIn?: unknown };
  const seconds = typeof expiresIn === 'number' && expiresIn > 0 ? expiresIn : DEFAULT_LIFETIME_SECONDS;
  const profileArn = text('profileArn') ?? old.details?.['profileArn'];
  const refreshToken = text('refreshToken') ?? old.details?.['refreshToken'];
  return {
    kind: 'oauth',
    secret: accessToken,
    expiresAtMs: nowMs + seconds * MS_PER_SECOND - UNUSABLE_BEFORE_END_MS,
    details: {
      ...old.details,
      ...(refreshToken === undefined ? {} : { refreshToken }),
      ...(profileArn === undefined ? {} : { profileArn }),
    },
  };
}

/** The two services put the word into different members. */
function refusalOf(reply: JsonReply): GatewayError {
  const said = JSON.stringify(reply.value ?? '');
  const word = reply.status === 400 ? DEAD.find((candidate) => said.includes(candidate)) : undefined;
  if (word !== undefined) return deadLogin(`The vendor refused to renew its login (${word}).`);
  return replyFailure(reply, 'a new access token');
}

function deadLogin(reason: string): GatewayError {
  return new GatewayError({ kind: 'upstream_auth_failed', message: `The Kiro account must log in again. ${reason}` });
}

function settingsOf(account: Account): KiroSettings {
  return account.settings as KiroSettings; // checked by the schema when the account was declared
}

import { GatewayError, isJsonObject, type JsonObject } from '@sluice/core';
import type { Account, Credential } from '../account.js';
import { retryAfterMs } from '../headers/retry-after.js';
import { replyFailure } from '../http/reply-failure.js';
import { requestJson, type JsonReply } from '../http/request-json.js';
import type { UpstreamHttp } from '../http/upstream-http.js';
import { oauthErrorOf } from './login-step.js';
import { oauthCredential, readTokens } from './oauth-tokens.js';

export interface TokenRenewal {
  readonly http: UpstreamHttp;
  readonly account: Account;
  /** What is to be replaced. */
  readonly credential: Credential;
  readonly url: string;
  /** What is sent: JSON, or a form. */
  body(refreshToken: string): JsonObject | URLSearchParams;
  /** What the answer says beside its tokens, for `details`. Default: nothing. */
  readDetails?(answer: JsonObject): Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly nowMs: number;
}

/** Statuses by which a token endpoint refuses the login itself. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401]);
/** What a refusal with any other status is called when it is about the login all the same. */
const DEAD_LOGIN = /^(?:invalid_grant|invalid_client|unauthorized_client|access_denied|refresh_token_\w+)$/;
/** Whatever is said with it: the vendor is unwell, which says nothing of the login. */
const FIRST_SERVER_ERROR = 500;
/** "Not now", although it begins with a 4. */
const PASSING: ReadonlySet<number> = new Set([408, 409, 425, 429]);

/**
 * Renews a login at an OAuth token endpoint. A refresh token that the answer leaves out stays.
 * @throws GatewayError `upstream_auth_failed` when only a new login helps; else why it could not be renewed now
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-6
 */
export async function renewTokens(renewal: TokenRenewal): Promise<Credential> {
  const { http, account, credential, url, body, readDetails, signal, nowMs } = renewal;
  const { refreshToken, ...details } = credential.details ?? {};
  if (refreshToken === undefined) throw dead(account, 'it has no refresh token');
  const reply = await requestJson(http, {
    method: 'POST',
    url,
    headers: {},
    body: body(refreshToken),
    transport: account.transport,
    signal,
  });
  const answer = isJsonObject(reply.value) ? reply.value : {};
  if (reply.status !== 200) throw refusal({ account, reply, answer, nowMs });
  const tokens = readTokens(answer, nowMs);
  if (tokens === undefined) {
    throw new GatewayError({ kind: 'upstream_invalid_response', message: 'The renewed login has no access token.' });
  }
  return oauthCredential({ refreshToken, ...tokens }, { ...details, ...readDetails?.(answer) });
}

interface Refusal {
  readonly account: Account;
  readonly reply: JsonReply;
  readonly answer: JsonObject;
  readonly nowMs: number;
}

/** The vendor's words are looked at and never repeated: they may hold what was sent. */
function refusal({ account, reply, answer, nowMs }: Refusal): GatewayError {
  const { status } = reply;
  const code = codeOf(answer);
  const isDead = REFUSALS.has(status) || DEAD_LOGIN.test(code ?? '');
  if (isDead && status < FIRST_SERVER_ERROR && !PASSING.has(status))
    return dead(account, `the vendor refused to renew it (${code ?? `HTTP ${status}`})`);
  const failure = replyFailure(reply, 'a new access token');
  const afterMs = retryAfterMs(reply.headers, nowMs);
  return new GatewayError({
    // a page that wants a browser, say: nothing in it is about the login
    kind: failure.kind === 'upstream_auth_failed' ? 'upstream_error' : failure.kind,
    message: failure.message,
    ...(failure.upstream === undefined ? {} : { upstream: failure.upstream }),
    ...(afterMs === undefined ? {} : { retryAfterMs: afterMs }),
  });
}

/** OAuth's word for it, which some vendors put into an object. */
function codeOf(answer: JsonObject): string | undefined {
  const { error } = answer;
  const code = isJsonObject(error) ? error['code'] : oauthErrorOf(answer);
  return typeof code === 'string' && /^\w{1,64}$/.test(code) ? code : undefined;
}

function dead({ id, provider }: Account, why: string): GatewayError {
  return new GatewayError({
    kind: 'upstream_auth_failed',
    message: `The login of the account "${id}" has ended: ${why}. Log in again with "npx sluice login ${provider} --account ${id}".`,
  });
}

import { createHash } from 'node:crypto';
import type { JsonObject } from '@sluice/core';
import type { Credential } from '../account.js';
import { positiveNumber } from './login-step.js';

/** How long a token lives where the vendor does not say. */
export const DEFAULT_TOKEN_SECONDS = 3_600;
/** Hexadecimal digits that tell one login from another. */
const SEED_DIGITS = 16;
const MS_PER_SECOND = 1_000;

/** What an OAuth token endpoint grants. */
export interface OAuthTokens {
  readonly accessToken: string;
  /** Absent = the login cannot be renewed, or keeps the one it had. */
  readonly refreshToken?: string;
  /** Milliseconds since the epoch; absent = it does not expire. */
  readonly expiresAtMs?: number;
}

/** Reads a token answer; undefined = it has no access token. @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
export function readTokens(answer: JsonObject, nowMs: number): OAuthTokens | undefined {
  const { access_token: accessToken, refresh_token: refreshToken } = answer;
  if (typeof accessToken !== 'string' || accessToken === '') return undefined;
  const seconds = positiveNumber(answer, 'expires_in') ?? DEFAULT_TOKEN_SECONDS;
  return {
    accessToken,
    expiresAtMs: nowMs + seconds * MS_PER_SECOND,
    ...(typeof refreshToken === 'string' && refreshToken !== '' ? { refreshToken } : {}),
  };
}

/**
 * A login as the gateway keeps it. It is recognised again after renewals by a seed, which is made from the first refresh token
 * unless the details bring one.
 * @param details what else calls and renewals need
 */
export function oauthCredential(tokens: OAuthTokens, details: Readonly<Record<string, string>> = {}): Credential {
  const { accessToken, refreshToken, expiresAtMs } = tokens;
  return {
    kind: 'oauth',
    secret: accessToken,
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    details: {
      seed: seedOf(refreshToken ?? accessToken),
      ...details,
      ...(refreshToken === undefined ? {} : { refreshToken }),
    },
  };
}

/**
 * The login that settings declare by a token member: an access token alone is sent as it is; with a refresh token it counts as
 * run out, because nobody knows since when it has been there. Undefined = the credential store has the login.
 */
export function declaredOAuth(settings: {
  readonly accessToken?: string | undefined;
  readonly refreshToken?: string | undefined;
}): Credential | undefined {
  const { accessToken = '', refreshToken } = settings;
  if (refreshToken !== undefined) return oauthCredential({ accessToken, refreshToken, expiresAtMs: 0 });
  return accessToken === '' ? undefined : { kind: 'oauth', secret: accessToken };
}

/** What a login is recognised by without being repeated. */
function seedOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, SEED_DIGITS);
}

import type { JsonObject } from '@sluice/core';
import type { KiroLogin } from '../login/kiro-login.js';

/** Each token in the two spellings of the stores. */
const SPELLINGS = [
  ['accessToken', 'access_token'],
  ['refreshToken', 'refresh_token'],
  ['expiresAt', 'expires_at'],
  ['profileArn', 'profile_arn'],
] as const;

/** The object with the tokens of a renewed login, in its own spelling. Everything else stays, also what we do not know. */
export function mergeTokens(stored: JsonObject, renewed: KiroLogin): JsonObject {
  const { accessToken, refreshToken, expiresAtMs, profileArn } = renewed;
  const expiresAt = expiresAtMs === undefined ? undefined : new Date(expiresAtMs).toISOString();
  const values = { accessToken, refreshToken, expiresAt, profileArn };
  const isSnake = SPELLINGS.some(([, snake]) => snake in stored);
  const merged: Record<string, JsonObject[string]> = { ...stored };
  for (const [camel, snake] of SPELLINGS) {
    const value = values[camel];
    if (value !== undefined) merged[isSnake ? snake : camel] = value;
  }
  return merged;
}

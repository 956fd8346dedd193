import { isJsonObject, type JsonObject } from '@sluice/core';

/** The claim that says which ChatGPT account a token is for. */
const AUTH_CLAIM = 'https://api.openai.com/auth';
const MS_PER_SECOND = 1_000;
/** A longer token is none. */
const MAX_TOKEN_CHARACTERS = 64 * 1024;

/** Whose login it is, as its tokens say. Nothing of it is verified: it came from the vendor itself, over TLS. */
export interface TokenFacts {
  readonly email?: string;
  readonly accountId?: string;
  readonly plan?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs?: number;
}

/** Reads the claims of a token. What cannot be read says nothing. @see https://www.rfc-editor.org/rfc/rfc7519 */
export function readIdentityToken(token: string): TokenFacts {
  const claims = claimsOf(token);
  if (claims === undefined) return {};
  const auth = claims[AUTH_CLAIM];
  const { chatgpt_account_id: accountId, chatgpt_plan_type: plan } = isJsonObject(auth) ? auth : {};
  const { email, exp } = claims;
  return {
    ...(typeof email === 'string' && { email }),
    ...(typeof accountId === 'string' && { accountId }),
    ...(typeof plan === 'string' && { plan }),
    ...(typeof exp === 'number' && { expiresAtMs: exp * MS_PER_SECOND }),
  };
}

function claimsOf(token: string): JsonObject | undefined {
  const [, payload] = token.length > MAX_TOKEN_CHARACTERS ? [] : token.split('.', 3);
  if (payload === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // no token of this kind
  }
}

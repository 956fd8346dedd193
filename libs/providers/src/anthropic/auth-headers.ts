import type { WireHeaders } from '@sluice/core';
import { bearer, type Credential } from '@sluice/provider-kit';

const ANTHROPIC_HOST = /^https?:\/\/(?:[a-z0-9-]+\.)*anthropic\.com(?=[:/]|$)/i;

/** Without it the API takes no token of a login. Seen 2026-08; joined with the client's own betas. */
const LOGIN_BETA = 'oauth-2025-04-20';

/**
 * Anthropic takes `x-api-key` alone. Other vendors of the same API (DeepSeek, Kimi, GLM, local proxies) read either that or
 * a bearer token, and none that we know minds the other one, so they get both. A login is no key: its token is a bearer token
 * alone, everywhere.
 * @see https://docs.anthropic.com/en/api/overview#authentication
 */
export function authHeaders(baseUrl: string, credential: Credential): WireHeaders {
  if (credential.kind === 'oauth') return { ...bearer(credential), 'anthropic-beta': LOGIN_BETA };
  const key = { 'x-api-key': credential.secret };
  return ANTHROPIC_HOST.test(baseUrl) ? key : { ...key, ...bearer(credential) };
}

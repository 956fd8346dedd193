import type { WireHeaders } from '@sluice/core';
import { bearer, type Credential } from '@sluice/provider-kit';

const ANTHROPIC_HOST = /^https?:\/\/(?:[a-z0-9-]+\.)*anthropic\.com(?=[:/]|$)/i;

/**
 * Anthropic takes `x-api-key` alone. Other vendors of the same API (DeepSeek, Kimi, GLM, local proxies) read either that or
 * a bearer token, and none that we know minds the other one, so they get both.
 * @see https://docs.anthropic.com/en/api/overview#authentication
 */
export function authHeaders(baseUrl: string, credential: Credential): WireHeaders {
  const key = { 'x-api-key': credential.secret };
  return ANTHROPIC_HOST.test(baseUrl) ? key : { ...key, ...bearer(credential) };
}

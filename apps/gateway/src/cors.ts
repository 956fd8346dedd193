import type { RuntimeSettings } from '@sluice/config';

const PREFLIGHT_MAX_AGE_SECONDS = 86_400;

/**
 * The CORS headers of an answer: any origin may read inference answers, never with credentials, unless `server.cors.origins`
 * names who may.
 */
export function corsHeaders(
  origin: string | undefined,
  allowed: RuntimeSettings['corsOrigins'],
): Record<string, string> {
  if (origin === undefined) return {};
  if (allowed === '*') return { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' };
  if (!allowed.includes(origin)) return { vary: 'origin' };
  return { 'access-control-allow-origin': origin, 'access-control-expose-headers': '*', vary: 'origin' };
}

/** The headers of the answer to a preflight. `*` would not cover `authorization`, so the asked-for names are repeated. */
export function preflightHeaders(
  origin: string | undefined,
  requestedHeaders: string | undefined,
  allowed: RuntimeSettings['corsOrigins'],
): Record<string, string> {
  return {
    ...corsHeaders(origin, allowed),
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    ...(requestedHeaders !== undefined && { 'access-control-allow-headers': requestedHeaders }),
    'access-control-max-age': String(PREFLIGHT_MAX_AGE_SECONDS),
  };
}

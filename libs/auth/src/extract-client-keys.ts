import { headerValue, type WireHeaders } from '@sluice/core';

/** Longer values are not keys and are not looked at. In characters; a signed token still fits. */
export const MAX_CLIENT_KEY_LENGTH = 4096;

const KEY_HEADERS = ['x-api-key', 'x-goog-api-key'] as const;
const BEARER_SCHEME = /^bearer +/i;
const KEY_IN_QUERY_PATH = '/v1beta';
const NO_KEYS: readonly string[] = [];

/**
 * Every client key that a request presents, each once, in the order of its places: `Authorization: Bearer`, `x-api-key`,
 * `x-goog-api-key`, and on `/v1beta` paths `?key=`. Empty when there is none.
 * @param query with its leading `?`, or the empty string
 */
export function extractClientKeys(headers: WireHeaders, query: string, path: string): readonly string[] {
  let keys: string[] | undefined;
  const add = (value: string | null | undefined): void => {
    const key = value?.trim();
    if (key === undefined || key === '' || key.length > MAX_CLIENT_KEY_LENGTH) return;
    if (keys === undefined) keys = [key];
    else if (!keys.includes(key)) keys.push(key);
  };

  add(bearerToken(headerValue(headers, 'authorization')));
  for (const name of KEY_HEADERS) add(headerValue(headers, name));
  if (query !== '' && acceptsKeyInQuery(path)) add(new URLSearchParams(query).get('key'));
  return keys ?? NO_KEYS;
}

function bearerToken(authorization: string | undefined): string | undefined {
  const scheme = authorization === undefined ? null : BEARER_SCHEME.exec(authorization);
  return scheme === null ? undefined : authorization?.slice(scheme[0].length);
}

/** Gemini's own clients put the key there; elsewhere a key in a URL would only end in somebody's access log. */
function acceptsKeyInQuery(path: string): boolean {
  return path === KEY_IN_QUERY_PATH || path.startsWith(`${KEY_IN_QUERY_PATH}/`);
}

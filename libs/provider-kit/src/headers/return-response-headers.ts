import type { WireHeaders } from '@sluice/core';

/** Under this name the vendor's `x-request-id` reaches the client: `x-request-id` is ours. */
export const UPSTREAM_REQUEST_ID = 'x-upstream-request-id';

const REQUEST_ID = 'x-request-id';

/** What a vendor says to its own connection, about its own host, or to keep for itself. */
const WITHHELD = new Set([
  // hop by hop
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  // of the body as it was; it may have been changed
  'content-length',
  'content-encoding',
  'content-md5',
  'digest',
  'etag',
  // for the vendor's host, not for ours
  'set-cookie',
  'set-cookie2',
  'alt-svc',
  'clear-site-data',
  'content-security-policy',
  'date',
  'expect-ct',
  'location',
  'nel',
  'report-to',
  'server',
  'strict-transport-security',
  'via',
  'www-authenticate',
  'x-powered-by',
  // would be ours, echoed by a careless server
  'authorization',
  'cookie',
  'x-api-key',
  'x-goog-api-key',
  '__proto__',
]);

/** `access-control-`: CORS is answered here. `x-sluice-`: said by us only. The rest: gateways between us and the vendor. */
const WITHHELD_PREFIX = /^(?:access-control-|x-sluice-|x-litellm-|helicone-|x-portkey-|cf-aig-|x-kong-|x-bt-)/;

/** The values of `connection` that name no header. */
const PLAIN_CONNECTION = new Set(['keep-alive', 'close']);

/**
 * The vendor's headers that reach the client: content type, rate limits, request ids and what we do not know, but nothing
 * of the deny-list above. The result is the caller's to add to.
 */
export function returnResponseHeaders(upstreamHeaders: WireHeaders): Record<string, string | readonly string[]> {
  const returned: Record<string, string | readonly string[]> = {};
  const named = namedInConnection(upstreamHeaders['connection']);
  for (const name in upstreamHeaders) {
    const value = upstreamHeaders[name];
    if (value === undefined || WITHHELD.has(name) || WITHHELD_PREFIX.test(name) || named?.has(name) === true) continue;
    if (name === REQUEST_ID) returned[UPSTREAM_REQUEST_ID] = value;
    else if (name !== UPSTREAM_REQUEST_ID || returned[name] === undefined) returned[name] = value;
  }
  return returned;
}

function namedInConnection(value: WireHeaders[string]): ReadonlySet<string> | undefined {
  if (value === undefined || (typeof value === 'string' && PLAIN_CONNECTION.has(value.toLowerCase()))) return undefined;
  const names = String(value).toLowerCase().split(',');
  return new Set(names.map((name) => name.trim()));
}

import type { WireHeaders } from '@sluice/core';

/**
 * The client's headers that reach a vendor. Everything else stays here:
 * - credentials, cookies and addresses, because they are for us;
 * - `user-agent` and `x-stainless-*`, because the vendor's client is this gateway, and some vendors treat agents by name;
 * - `openai-organization` and `openai-project`, because a client must not choose whom the operator's key bills;
 * - `baggage`, because it carries the client's own data past a trust boundary (`traceparent` and `tracestate` hold ids only).
 */
export const FORWARDED_REQUEST_HEADERS = [
  'anthropic-beta',
  'anthropic-version',
  'openai-beta',
  'idempotency-key',
  'traceparent',
  'tracestate',
] as const;

/** The formats whose vendors know a header of that prefix; others never see it. */
const FORMAT_BY_PREFIX: readonly (readonly [prefix: string, format: string])[] = [
  ['anthropic-', 'anthropic-'],
  ['openai-', 'openai-'],
];

const NOTHING_TO_FORWARD: WireHeaders = Object.freeze({});

/** Picks what may travel. Cheap: it asks for six names instead of looking at all. */
export function forwardRequestHeaders(clientHeaders: WireHeaders): WireHeaders {
  let forwarded: Record<string, string> | undefined;
  for (const name of FORWARDED_REQUEST_HEADERS) {
    const value = clientHeaders[name];
    if (value !== undefined) (forwarded ??= {})[name] = typeof value === 'string' ? value : value.join(',');
  }
  return forwarded ?? NOTHING_TO_FORWARD;
}

/** Of headers that may travel, those that a vendor of this format understands. */
export function headersForFormat(headers: WireHeaders, format: string): WireHeaders {
  const kept: Record<string, string | readonly string[] | undefined> = {};
  for (const name in headers) {
    const owner = FORMAT_BY_PREFIX.find(([prefix]) => name.startsWith(prefix));
    if (owner === undefined || format.startsWith(owner[1])) kept[name] = headers[name];
  }
  return kept;
}

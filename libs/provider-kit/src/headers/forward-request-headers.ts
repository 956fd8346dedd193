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

/** What a request that passes whole says of its own body and of the answer that it wants. */
const WHOLE_REQUEST_HEADERS = [
  'accept',
  'content-encoding',
  'content-type',
  'if-match',
  'if-none-match',
  'range',
  // resumable uploads of Google's APIs
  'x-goog-upload-command',
  'x-goog-upload-header-content-length',
  'x-goog-upload-header-content-type',
  'x-goog-upload-offset',
  'x-goog-upload-protocol',
] as const;

/** The formats whose vendors know a header of that prefix; others never see it. */
const FORMAT_BY_PREFIX: readonly (readonly [prefix: string, format: string])[] = [
  ['anthropic-', 'anthropic-'],
  ['openai-', 'openai-'],
];

const NOTHING_TO_FORWARD: WireHeaders = Object.freeze({});

/** Picks what may travel. Cheap: it asks for six names instead of looking at all. */
export function forwardRequestHeaders(clientHeaders: WireHeaders): WireHeaders {
  return pick(clientHeaders, FORWARDED_REQUEST_HEADERS);
}

/** The same for a request that passes whole: with what it says of its body. */
export function forwardWholeRequestHeaders(clientHeaders: WireHeaders): WireHeaders {
  return { ...forwardRequestHeaders(clientHeaders), ...pick(clientHeaders, WHOLE_REQUEST_HEADERS) };
}

function pick(clientHeaders: WireHeaders, names: readonly string[]): WireHeaders {
  let picked: Record<string, string> | undefined;
  for (const name of names) {
    const value = clientHeaders[name];
    if (value !== undefined) (picked ??= {})[name] = typeof value === 'string' ? value : value.join(',');
  }
  return picked ?? NOTHING_TO_FORWARD;
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

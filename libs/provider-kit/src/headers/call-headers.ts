import type { WireHeaders } from '@sluice/core';
import type { Account } from '../account.js';
import { headersForFormat } from './forward-request-headers.js';
import { mergeHeaders } from './merge-headers.js';
import type { UpstreamCall } from '../provider.js';
import { USER_AGENT } from './user-agent.js';

const STREAM_HEADERS: WireHeaders = {
  accept: 'text/event-stream',
  'content-type': 'application/json',
  'user-agent': USER_AGENT,
};
const JSON_HEADERS: WireHeaders = { ...STREAM_HEADERS, accept: 'application/json' };

export interface OwnHeaders {
  /** What the vendor needs unless the client said otherwise (a version, say). */
  readonly defaults?: WireHeaders;
  /** The credential. */
  readonly auth: WireHeaders;
}

/**
 * All headers of one call. Later wins: what every call has, the vendor's defaults, the client's, the credential, and at
 * last what the operator wrote at the account.
 *
 * Hot path: a call that is given the same headers as the last one of its kind through the account gets the same result.
 */
export function callHeaders(call: UpstreamCall, own: OwnHeaders): WireHeaders {
  const remembered = LAST_HEADERS.get(call.account) ?? new Map<string, RememberedHeaders>();
  const kind = call.stream ? `stream ${call.format}` : call.format;
  const last = remembered.get(kind);
  if (last !== undefined && isSameCall(last, call, own)) return last.headers;
  const headers = merged(call, own);
  remembered.set(kind, { own, forwarded: call.headers, operator: call.operatorHeaders, headers });
  LAST_HEADERS.set(call.account, remembered);
  return headers;
}

interface RememberedHeaders {
  readonly forwarded: WireHeaders;
  readonly own: OwnHeaders;
  readonly operator: WireHeaders | undefined;
  readonly headers: WireHeaders;
}

/** By format and kind of answer, so that the number of entries is bounded by what a provider speaks. */
const LAST_HEADERS = new WeakMap<Account, Map<string, RememberedHeaders>>();

const NONE: WireHeaders = {};

function merged(call: UpstreamCall, own: OwnHeaders): WireHeaders {
  return mergeHeaders(
    call.stream ? STREAM_HEADERS : JSON_HEADERS,
    own.defaults ?? NONE,
    headersForFormat(call.headers, call.format),
    own.auth,
    call.operatorHeaders ?? call.account.headers,
  );
}

function isSameCall(last: RememberedHeaders, { headers, operatorHeaders }: UpstreamCall, own: OwnHeaders): boolean {
  const isSameOwn = isSame(last.own.auth, own.auth) && isSame(last.own.defaults, own.defaults);
  return isSameOwn && isSame(last.forwarded, headers) && isSame(last.operator, operatorHeaders);
}

function isSame(one: WireHeaders | undefined, other: WireHeaders | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  for (const name in one) if (one[name] !== other[name]) return false;
  for (const name in other) if (!(name in one)) return false;
  return true;
}

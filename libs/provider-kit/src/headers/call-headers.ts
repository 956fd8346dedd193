import type { WireHeaders } from '@sluice/core';
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
 */
export function callHeaders(call: UpstreamCall, own: OwnHeaders): WireHeaders {
  return mergeHeaders(
    call.stream ? STREAM_HEADERS : JSON_HEADERS,
    own.defaults ?? NONE,
    headersForFormat(call.headers, call.format),
    own.auth,
    call.account.headers,
  );
}

const NONE: WireHeaders = {};

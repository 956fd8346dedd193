import type { WireHeaders } from '@sluice/core';
import type { ForwardCall } from '../provider.js';
import type { OwnHeaders } from './call-headers.js';
import { headersForFormat } from './forward-request-headers.js';
import { mergeHeaders } from './merge-headers.js';
import { USER_AGENT } from './user-agent.js';

/**
 * All headers of a request that passes whole. Later wins: the vendor's defaults, the client's that this vendor knows, the
 * credential, and at last what the operator wrote at the account.
 * @param family the vendor's: other vendors' own headers are left out
 */
export function forwardCallHeaders(call: ForwardCall, family: string, own: OwnHeaders): WireHeaders {
  return mergeHeaders(
    { 'user-agent': USER_AGENT },
    own.defaults ?? {},
    headersForFormat(call.headers, `${family}-`),
    own.auth,
    call.operatorHeaders ?? call.account.headers,
  );
}

import { GatewayError, type GatewayErrorKind } from '@sluice/core';
import type { JsonReply } from './request-json.js';

const KIND_BY_STATUS: Readonly<Record<number, GatewayErrorKind>> = {
  401: 'upstream_auth_failed',
  402: 'upstream_quota_exhausted',
  403: 'upstream_auth_failed',
  404: 'upstream_not_found',
  408: 'upstream_timed_out',
  413: 'upstream_request_too_large',
  429: 'upstream_rate_limited',
  503: 'upstream_overloaded',
  504: 'upstream_timed_out',
  529: 'upstream_overloaded',
};

/** What a status of a vendor stands for where nothing better is known of the body. */
export function kindOfStatus(status: number): GatewayErrorKind {
  const kind = KIND_BY_STATUS[status];
  if (kind !== undefined) return kind;
  if (status >= 500) return 'upstream_error';
  return status >= 400 ? 'upstream_invalid_request' : 'upstream_invalid_response';
}

/**
 * The failure of a side call. The vendor's own words are left out: they may repeat what was sent.
 * @param what what was asked for, as in "the model list"
 */
export function replyFailure(reply: JsonReply, what: string): GatewayError {
  const { status } = reply;
  const detail = `HTTP ${status}`;
  return new GatewayError({
    kind: kindOfStatus(status),
    message: `The vendor did not give ${what}: ${detail}.`,
    upstream: { status, message: detail },
  });
}

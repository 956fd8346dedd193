import type { GatewayErrorKind } from '@sluice/core';

const KIND_OF_STATUS: Readonly<Partial<Record<number, GatewayErrorKind>>> = {
  401: 'upstream_auth_failed',
  402: 'upstream_quota_exhausted',
  403: 'upstream_auth_failed',
  404: 'upstream_not_found',
  408: 'upstream_timed_out',
  410: 'upstream_not_found',
  413: 'upstream_request_too_large',
  429: 'upstream_rate_limited',
  503: 'upstream_overloaded',
  504: 'upstream_timed_out',
  529: 'upstream_overloaded', // Anthropic's own status for "no capacity"
};

/**
 * What a vendor's status means when its words say nothing better. A status that is no error (1xx–3xx) is an answer that
 * no format allows where an error was expected.
 */
export function errorKindOfStatus(status: number): GatewayErrorKind {
  const known = KIND_OF_STATUS[status];
  if (known !== undefined) return known;
  if (status >= 500 && status <= 599) return 'upstream_error';
  if (status >= 400 && status <= 499) return 'upstream_invalid_request';
  return 'upstream_invalid_response';
}

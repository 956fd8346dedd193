import { errorKindOfStatus } from './error-kind-of-status.js';

describe('errorKindOfStatus', () => {
  it.each([
    [400, 'upstream_invalid_request'],
    [401, 'upstream_auth_failed'],
    [402, 'upstream_quota_exhausted'],
    [403, 'upstream_auth_failed'],
    [404, 'upstream_not_found'],
    [408, 'upstream_timed_out'],
    [409, 'upstream_invalid_request'],
    [413, 'upstream_request_too_large'],
    [422, 'upstream_invalid_request'],
    [429, 'upstream_rate_limited'],
    [500, 'upstream_error'],
    [502, 'upstream_error'],
    [503, 'upstream_overloaded'],
    [504, 'upstream_timed_out'],
    [520, 'upstream_error'],
    [529, 'upstream_overloaded'],
    [302, 'upstream_invalid_response'],
    [200, 'upstream_invalid_response'],
    [999, 'upstream_invalid_response'],
  ])('reads %i as %s', (status, kind) => {
    expect(errorKindOfStatus(status)).toBe(kind);
  });
});

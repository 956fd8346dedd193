import type { JsonObject } from '@sluice/core';
import { loadRecordings } from '@sluice/testing';
import { decodeAnswerError, decodeError } from './decode-error.js';

const bodyOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const google = (code: number, status: string, message: string, ...details: readonly JsonObject[]) => ({
  error: { code, message, status, ...(details.length > 0 && { details }) },
});
const detail = (type: string, members: JsonObject): JsonObject => ({
  '@type': `type.googleapis.com/google.rpc.${type}`,
  ...members,
});

describe('decodeError', () => {
  it.each([
    [400, google(400, 'INVALID_ARGUMENT', 'Bad.'), 'upstream_invalid_request'],
    [400, google(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.'), 'upstream_auth_failed'],
    [
      400,
      google(400, 'INVALID_ARGUMENT', 'No.', detail('ErrorInfo', { reason: 'API_KEY_INVALID' })),
      'upstream_auth_failed',
    ],
    [
      400,
      google(400, 'INVALID_ARGUMENT', 'The input token count (9) exceeds the maximum number of tokens allowed (8).'),
      'upstream_context_length',
    ],
    [400, google(400, 'FAILED_PRECONDITION', 'User location is not supported.'), 'upstream_invalid_request'],
    [401, google(401, 'UNAUTHENTICATED', 'Who?'), 'upstream_auth_failed'],
    [403, google(403, 'PERMISSION_DENIED', 'No.'), 'upstream_auth_failed'],
    [404, google(404, 'NOT_FOUND', 'models/x is not found.'), 'upstream_not_found'],
    [429, google(429, 'RESOURCE_EXHAUSTED', 'Slow down.'), 'upstream_rate_limited'],
    [500, google(500, 'INTERNAL', 'Oops.'), 'upstream_error'],
    [503, google(503, 'UNAVAILABLE', 'The model is overloaded.'), 'upstream_overloaded'],
    [504, google(504, 'DEADLINE_EXCEEDED', 'Too late.'), 'upstream_timed_out'],
    [503, [google(503, 'UNAVAILABLE', 'In a list.')], 'upstream_overloaded'],
  ])('%d %j', (status, body, kind) => {
    const error = decodeError(status, {}, bodyOf(body));

    expect(error).toMatchObject({ kind, upstream: { status } });
  });

  it('reads how long to wait from the body', () => {
    const body = google(429, 'RESOURCE_EXHAUSTED', 'Wait.', detail('RetryInfo', { retryDelay: '34.4s' }));

    expect(decodeError(429, {}, bodyOf(body))).toMatchObject({ kind: 'upstream_rate_limited', retryAfterMs: 34_400 });
  });

  it.each([
    ['GenerateRequestsPerMinutePerProjectPerModel-FreeTier', 'upstream_rate_limited'],
    ['GenerateRequestsPerDayPerProjectPerModel-FreeTier', 'upstream_quota_exhausted'],
  ])('tells the quota %s', (quotaId, kind) => {
    const body = google(429, 'RESOURCE_EXHAUSTED', 'Wait.', detail('QuotaFailure', { violations: [{ quotaId }] }));

    expect(decodeError(429, {}, bodyOf(body)).kind).toBe(kind);
  });

  it("keeps the vendor's words and body", () => {
    const body = google(400, 'INVALID_ARGUMENT', 'Bad.', detail('ErrorInfo', { reason: 'WHY' }));

    expect(decodeError(400, { 'x-request-id': 'r' }, bodyOf(body)).upstream).toEqual({
      status: 400,
      message: 'Bad.',
      type: 'INVALID_ARGUMENT',
      code: 'WHY',
      requestId: 'r',
      body: { format: 'gemini', value: body },
    });
  });

  it.each([
    [502, '<html>', 'upstream_error'],
    [503, '', 'upstream_overloaded'],
  ])('goes by the status of %d %j', (status, body, kind) => {
    const error = decodeError(status, {}, Buffer.from(body));

    expect(error.kind).toBe(kind);
    expect(error.upstream?.body).toBeUndefined();
  });

  it('reads the recorded failures', () => {
    const kinds = loadRecordings('gemini')
      .filter(({ mode }) => mode === 'error')
      .map(({ status, body }) => [status, decodeError(status, {}, body).kind]);

    expect(kinds).toEqual(
      kinds.length === 0
        ? []
        : [
            [400, 'upstream_auth_failed'],
            [429, 'upstream_rate_limited'],
          ],
    );
  });
});

describe('decodeAnswerError', () => {
  it.each([
    [google(503, 'UNAVAILABLE', 'x'), 503, 'upstream_overloaded'],
    [google(429, 'RESOURCE_EXHAUSTED', 'x'), 429, 'upstream_rate_limited'],
    [{ error: { code: 403, message: 'x' } }, 403, 'upstream_auth_failed'],
    [{ error: { message: 'x' } }, 500, 'upstream_error'],
    [{ error: { code: 8, message: 'x' } }, 500, 'upstream_error'],
  ])('%j', (body, status, kind) => {
    expect(decodeAnswerError(body)).toMatchObject({ kind, upstream: { status, message: 'x' } });
  });
});

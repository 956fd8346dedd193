import { loadRecordings } from '@sluice/testing';
import { decodeAnswerError, decodeError } from './decode-error.js';

const bodyOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const anthropicError = (type: string, message = 'no', details?: object): Buffer =>
  bodyOf({ type: 'error', error: { type, message, ...(details && { details }) }, request_id: 'req_body' });

describe('decodeError', () => {
  it.each([
    [400, anthropicError('invalid_request_error'), 'upstream_invalid_request'],
    [
      400,
      anthropicError('invalid_request_error', 'prompt is too long: 208310 tokens > 200000 maximum'),
      'upstream_context_length',
    ],
    [
      400,
      anthropicError('invalid_request_error', 'input length and `max_tokens` exceed context limit: 1 + 2 > 2'),
      'upstream_context_length',
    ],
    [
      400,
      anthropicError('invalid_request_error', 'Your credit balance is too low to access the API.'),
      'upstream_quota_exhausted',
    ],
    [401, anthropicError('authentication_error'), 'upstream_auth_failed'],
    [402, anthropicError('billing_error'), 'upstream_quota_exhausted'],
    [403, anthropicError('permission_error'), 'upstream_auth_failed'],
    [404, anthropicError('not_found_error'), 'upstream_not_found'],
    [413, anthropicError('request_too_large'), 'upstream_request_too_large'],
    [429, anthropicError('rate_limit_error'), 'upstream_rate_limited'],
    [
      429,
      anthropicError('rate_limit_error', 'no', { error_code: 'enforced_spend_limit_reached' }),
      'upstream_quota_exhausted',
    ],
    [429, anthropicError('rate_limit_error', 'no', { error_code: 'something_new' }), 'upstream_rate_limited'],
    [500, anthropicError('api_error'), 'upstream_error'],
    [500, anthropicError('overloaded_error'), 'upstream_overloaded'],
    [504, anthropicError('timeout_error'), 'upstream_timed_out'],
    [529, anthropicError('overloaded_error'), 'upstream_overloaded'],
    [529, Buffer.from('<html>overloaded</html>'), 'upstream_overloaded'],
    [422, bodyOf({ detail: 'Unprocessable' }), 'upstream_invalid_request'],
  ])('reads status %i with %s as %s', (status, body, kind) => {
    const error = decodeError(status, {}, body);

    expect(error.kind).toBe(kind);
    expect(error.upstream?.status).toBe(status);
  });

  it("keeps the vendor's words, its body and its request id", () => {
    const body = anthropicError('rate_limit_error', 'Slow down', { error_code: 'contract_spend_limit_reached' });

    const error = decodeError(429, { 'request-id': 'req_header' }, body);

    expect(error.message).toBe('Slow down');
    expect(error.upstream).toEqual({
      status: 429,
      message: 'Slow down',
      type: 'rate_limit_error',
      code: 'contract_spend_limit_reached',
      requestId: 'req_body',
      body: { format: 'anthropic-messages', value: JSON.parse(body.toString()) },
    });
  });

  it('takes the request id from the header when the body has none', () => {
    const error = decodeError(500, { 'request-id': 'req_header' }, bodyOf({ message: 'Internal server error' }));

    expect(error.upstream?.requestId).toBe('req_header');
    expect(error.message).toBe('Internal server error');
    expect(error.upstream?.body).toBeUndefined();
  });

  it('reads the recorded errors', () => {
    const recordings = loadRecordings('anthropic-messages').filter(({ mode }) => mode === 'error');

    const decoded = recordings.map(({ status, body }) => decodeError(status, {}, body));

    expect(decoded.map(({ upstream }) => upstream?.body?.value)).toEqual(
      recordings.map(({ body }) => JSON.parse(body.toString())),
    );
    expect(decoded.map(({ status }) => status)).toEqual(recordings.map(({ status }) => status));
  });
});

describe('decodeAnswerError', () => {
  it.each([
    ['overloaded_error', 529, 'upstream_overloaded'],
    ['rate_limit_error', 429, 'upstream_rate_limited'],
    ['api_error', 500, 'upstream_error'],
    ['authentication_error', 401, 'upstream_auth_failed'],
    ['brand_new_error', 500, 'upstream_error'],
  ])('gives %s the status that it stands for', (type, status, kind) => {
    const error = decodeAnswerError({ type: 'error', error: { type, message: 'no' } });

    expect(error.upstream?.status).toBe(status);
    expect(error.kind).toBe(kind);
  });
});

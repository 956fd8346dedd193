import { loadRecordings } from '@sluice/testing';
import { decodeError } from './decode-error.js';

const decode = (status: number, body: unknown, headers = {}) =>
  decodeError(status, headers, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

describe('decodeError', () => {
  it.each([
    [
      '78: monthly quota as 400',
      400,
      { message: 'no', reason: 'MONTHLY_REQUEST_COUNT' },
      'upstream_quota_exhausted',
      429,
    ],
    ['77: monthly quota as 402', 402, { error: { reason: 'MONTHLY_REQUEST_COUNT' } }, 'upstream_quota_exhausted', 429],
    ['daily quota', 429, { reason: 'DAILY_REQUEST_COUNT' }, 'upstream_quota_exhausted', 429],
    [
      '79: a reason that is only talked about',
      400,
      { message: 'like MONTHLY_REQUEST_COUNT', reason: 'OTHER' },
      'upstream_invalid_request',
      400,
    ],
    [
      '80: a wrong request as 500',
      500,
      { message: 'Bedrock error message', reason: 'TOOL_USE_RESULT_MISMATCH' },
      'upstream_invalid_request',
      400,
    ],
    [
      'full context',
      400,
      { message: 'Input is too long.', reason: 'CONTENT_LENGTH_EXCEEDS_THRESHOLD' },
      'upstream_context_length',
      400,
    ],
    ['full context without a reason', 413, { message: 'Input is too long.' }, 'upstream_context_length', 400],
    ['bad request', 400, { message: 'Improperly formed request.', reason: null }, 'upstream_invalid_request', 400],
    ['bad model', 400, { message: 'x', reason: 'INVALID_MODEL_ID' }, 'upstream_not_found', 404],
    [
      'no capacity as 429',
      429,
      { message: 'I am experiencing high traffic', reason: 'INSUFFICIENT_MODEL_CAPACITY' },
      'upstream_overloaded',
      503,
    ],
    ['no capacity as 500', 500, { reason: 'MODEL_TEMPORARILY_UNAVAILABLE' }, 'upstream_overloaded', 503],
    ['throttled', 429, { message: 'Too many requests' }, 'upstream_rate_limited', 429],
    [
      'throttled as 400',
      400,
      { __type: 'com.amazon.aws.codewhisperer#ThrottlingException', message: 'x' },
      'upstream_rate_limited',
      429,
    ],
    ['suspended', 403, { message: 'x', reason: 'TEMPORARILY_SUSPENDED' }, 'upstream_auth_failed', 502],
    [
      'dead token',
      403,
      { message: 'The bearer token included in the request is invalid' },
      'upstream_auth_failed',
      502,
    ],
    ['service away', 503, { message: 'x' }, 'upstream_overloaded', 503],
    ['proxy timeout', 524, 'error code: 524', 'upstream_timed_out', 524],
    ['a page of HTML', 502, '<html></html>', 'upstream_error', 502],
    ['text that names a reason', 400, 'reason=MONTHLY_REQUEST_COUNT', 'upstream_quota_exhausted', 429],
  ])('reads %s', (_name, status, body, kind, clientStatus) => {
    const error = decode(status, body);

    expect(error.kind).toBe(kind);
    expect(error.status).toBe(clientStatus);
  });

  it.each([
    [
      'a sentence for people and the vendor’s own',
      { message: 'Input is too long.', reason: 'CONTENT_LENGTH_EXCEEDS_THRESHOLD' },
      'Content length exceeds the maximum allowed limit. Please reduce your input size. ' +
        '(reason: CONTENT_LENGTH_EXCEEDS_THRESHOLD; upstream: Input is too long.)',
    ],
    ['an unknown reason beside the sentence', { message: 'No.', reason: 'NEW_REASON' }, 'No. (reason: NEW_REASON)'],
    ['a reason alone', { reason: 'NEW_REASON' }, 'Reason: NEW_REASON.'],
    ['a sentence alone', { message: 'No.', reason: null }, 'No.'],
  ])('says %s', (_name, body, message) => {
    expect(decode(400, body).message).toBe(message);
  });

  it.each([
    [
      'CONTENT_LENGTH_EXCEEDS_THRESHOLD',
      'Content length exceeds the maximum allowed limit. Please reduce your input size.',
    ],
    [
      'MONTHLY_REQUEST_LIMIT_REACHED',
      'Monthly request limit reached. Please wait until next month or upgrade your plan.',
    ],
    [
      'MONTHLY_REQUEST_COUNT',
      'Monthly request count limit reached. Please wait until next month or upgrade your plan.',
    ],
    ['RATE_LIMIT_EXCEEDED', 'Rate limit exceeded. Please slow down your requests and try again.'],
    ['SERVICE_UNAVAILABLE', 'Kiro service is temporarily unavailable. Please try again later.'],
    ['THROTTLING_EXCEPTION', 'Request throttled due to high traffic. Please wait a moment and retry.'],
    ['VALIDATION_EXCEPTION', 'Request validation failed. Please check your input parameters.'],
  ])('says of %s what the product’s documentation says, and keeps the code', (reason, sentence) => {
    const error = decode(400, { message: 'Raw words.', reason });

    expect(error.message).toBe(`${sentence} (reason: ${reason}; upstream: Raw words.)`);
    expect(error.upstream?.code).toBe(reason);
  });

  it('keeps the vendor’s words and request id', () => {
    const body = { __type: 'com.amazon.aws.codewhisperer#ValidationException', message: 'No.', reason: 'NEW_REASON' };

    expect(decode(400, body, { 'x-amzn-requestid': 'r-1' }).upstream).toMatchObject({
      status: 400,
      type: 'ValidationException',
      code: 'NEW_REASON',
      requestId: 'r-1',
    });
  });

  it('masks secrets in the vendor’s sentence', () => {
    expect(decode(403, { message: 'token=aoaAAAAAGabcdefgh is bad, Bearer aoaAAAAAGabcdefgh' }).message).not.toContain(
      'Bearer aoaAAAAAGabcdefgh',
    );
  });

  it('reads the recorded refusal', () => {
    for (const { status, body } of loadRecordings('kiro').filter(({ mode }) => mode === 'error')) {
      expect(decodeError(status, {}, body)).toMatchObject({
        kind: 'upstream_auth_failed',
        message: expect.stringMatching(/^The bearer .* included in the request is invalid\.$/),
        upstream: { status: 403 },
      });
    }
  });
});

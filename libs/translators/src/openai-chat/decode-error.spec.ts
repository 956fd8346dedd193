import { loadRecordings } from '@sluice/testing';
import { decodeError } from './decode-error.js';

const bodyOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const openAiError = (error: Record<string, unknown>): Buffer =>
  bodyOf({ error: { message: 'no', param: null, ...error } });

describe('decodeError', () => {
  it.each([
    [400, openAiError({ type: 'invalid_request_error', code: null }), 'upstream_invalid_request'],
    [400, openAiError({ type: 'invalid_request_error', code: 'context_length_exceeded' }), 'upstream_context_length'],
    [
      400,
      bodyOf({ object: 'error', message: "This model's maximum context length is 4096 tokens.", code: 400 }),
      'upstream_context_length',
    ],
    [400, openAiError({ type: 'exceed_context_size_error', code: 400 }), 'upstream_context_length'],
    [401, openAiError({ type: 'invalid_request_error', code: 'invalid_api_key' }), 'upstream_auth_failed'],
    [402, openAiError({ message: 'Insufficient Balance', code: 'invalid_request_error' }), 'upstream_quota_exhausted'],
    [403, openAiError({ code: 'unsupported_country_region_territory' }), 'upstream_auth_failed'],
    [403, openAiError({ code: 'model_not_found' }), 'upstream_not_found'],
    [404, openAiError({ code: 'DeploymentNotFound' }), 'upstream_not_found'],
    [408, openAiError({}), 'upstream_timed_out'],
    [413, openAiError({ code: 'rate_limit_exceeded', type: 'tokens' }), 'upstream_request_too_large'],
    [422, bodyOf({ detail: [{ loc: ['body', 'messages'], msg: 'field required' }] }), 'upstream_invalid_request'],
    [429, openAiError({ type: 'requests', code: 'rate_limit_exceeded' }), 'upstream_rate_limited'],
    [429, openAiError({ type: 'insufficient_quota', code: 'insufficient_quota' }), 'upstream_quota_exhausted'],
    [429, openAiError({ type: 'engine_overloaded_error' }), 'upstream_overloaded'],
    [500, openAiError({ type: 'server_error' }), 'upstream_error'],
    [500, openAiError({ code: 'server_is_overloaded' }), 'upstream_overloaded'],
    [503, openAiError({ code: 'slow_down' }), 'upstream_overloaded'],
    [504, Buffer.from('<html>504</html>'), 'upstream_timed_out'],
  ])('reads status %i with %s as %s', (status, body, kind) => {
    const error = decodeError(status, {}, body);

    expect(error.kind).toBe(kind);
    expect(error.upstream?.status).toBe(status);
  });

  it("keeps the vendor's words and its body", () => {
    const value = {
      error: { message: 'Bad value', type: 'invalid_request_error', param: 'top_p', code: 'invalid_value' },
    };

    const error = decodeError(400, { 'x-request-id': 'req_7' }, bodyOf(value));

    expect(error).toMatchObject({ message: 'Bad value', param: 'top_p' });
    expect(error.upstream).toEqual({
      status: 400,
      message: 'Bad value',
      type: 'invalid_request_error',
      code: 'invalid_value',
      param: 'top_p',
      requestId: 'req_7',
      body: { format: 'openai-chat', value },
    });
  });

  it('takes the message from foreign shapes but does not show those to clients', () => {
    const error = decodeError(401, {}, bodyOf({ code: 'no-key', error: 'Incorrect API key provided' }));

    expect(error.message).toBe('Incorrect API key provided');
    expect(error.upstream?.code).toBe('no-key');
    expect(error.upstream?.body).toBeUndefined();
  });

  it('never shows a key that the vendor repeats', () => {
    const error = decodeError(
      401,
      {},
      openAiError({ message: 'Incorrect API key provided: sk-live0123456789abcdef.' }),
    );

    expect(error.message).toBe('Incorrect API key provided: [redacted].');
    expect(JSON.stringify(error.upstream)).not.toContain('live0123456789');
  });

  it.each([
    ['<html><h1>502 Bad Gateway</h1></html>', 'The vendor answered with status 502 and a body that is not JSON.'],
    ['', 'The vendor answered with status 502 and an empty body.'],
    ['{"status":"ERR"}', 'The vendor answered with status 502 and gave no reason.'],
  ])('does not show %j', (body, message) => {
    const error = decodeError(502, {}, Buffer.from(body));

    expect(error.kind).toBe('upstream_error');
    expect(error.message).toBe(message);
  });

  it('keeps the beginning of an unreadable body for the log', () => {
    expect(decodeError(502, {}, Buffer.from('<html>proxy error</html>')).cause).toBe('<html>proxy error</html>');
  });

  it('reads the recorded errors', () => {
    const recordings = loadRecordings('openai-chat').filter(({ mode }) => mode === 'error');

    const decoded = recordings.map(({ status, body }) => decodeError(status, {}, body));

    expect(decoded.map(({ upstream }) => upstream?.body?.value)).toEqual(
      recordings.map(({ body }) => JSON.parse(body.toString())),
    );
    expect(decoded.map(({ status }) => status)).toEqual(recordings.map(({ status }) => status));
  });
});

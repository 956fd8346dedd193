import { sendRaw } from '@sluice/testing';
import { assertClean } from './harness/after-test-checks.js';
import { FORMAT_CLIENTS, type FormatClient } from './harness/format-client.js';
import { refusalOf, type SeenError } from './harness/seen-error.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { VENDOR_KEY } from './harness/test-configuration.js';

type Row = readonly [status: number, error: SeenError];

const seen = (name: string, status: number, type: string, code: string | null, message: string): SeenError => ({
  name,
  status,
  type,
  code,
  message,
});

/** What each SDK makes of the vendor's own refusals; a refused credential is the operator's affair and no 401. */
const ROWS: Readonly<Record<FormatClient['format'], readonly Row[]>> = {
  'openai-chat': [
    [400, seen('BadRequestError', 400, 'invalid_request_error', 'invalid_value', 'The request has an invalid value.')],
    [402, seen('APIError', 402, 'invalid_request_error', null, 'The request was refused.')],
    [401, seen('InternalServerError', 502, 'server_error', 'upstream_auth_failed', 'Incorrect API key provided.')],
    [
      403,
      seen(
        'InternalServerError',
        502,
        'server_error',
        'upstream_auth_failed',
        'This country, region or territory is not supported.',
      ),
    ],
    [
      404,
      seen(
        'NotFoundError',
        404,
        'invalid_request_error',
        'model_not_found',
        'The model does not exist or you do not have access to it.',
      ),
    ],
    [408, seen('APIError', 408, 'timeout', 'request_timeout', 'The request took too long to arrive.')],
    [413, seen('APIError', 413, 'invalid_request_error', 'request_too_large', 'The request body is too large.')],
    [
      429,
      seen('RateLimitError', 429, 'requests', 'rate_limit_exceeded', 'Rate limit reached for requests per minute.'),
    ],
    [
      500,
      seen('InternalServerError', 500, 'server_error', null, 'The server had an error while processing the request.'),
    ],
    [503, seen('InternalServerError', 503, 'server_error', 'server_is_overloaded', 'The servers are overloaded.')],
    [529, seen('InternalServerError', 529, 'server_error', 'server_is_overloaded', 'The servers are overloaded.')],
  ],
  'anthropic-messages': [
    [400, seen('BadRequestError', 400, 'invalid_request_error', null, 'The request has an invalid value.')],
    [402, seen('PaymentRequiredError', 402, 'billing_error', null, 'There is a problem with billing or payment.')],
    [401, seen('InternalServerError', 502, 'api_error', 'upstream_auth_failed', 'invalid x-api-key')],
    [
      403,
      seen('InternalServerError', 502, 'api_error', 'upstream_auth_failed', 'The API key may not use this resource.'),
    ],
    [404, seen('NotFoundError', 404, 'not_found_error', null, 'The requested resource was not found.')],
    [408, seen('RequestTimeoutError', 408, 'timeout_error', null, 'The request took too long to arrive.')],
    [413, seen('ContentTooLargeError', 413, 'request_too_large', null, 'The request body is too large.')],
    [
      429,
      seen('RateLimitError', 429, 'rate_limit_error', null, 'The rate limit of input tokens per minute is exceeded.'),
    ],
    [500, seen('InternalServerError', 500, 'api_error', null, 'Internal server error')],
    [503, seen('ServiceUnavailableError', 503, 'api_error', null, 'The service is unavailable.')],
    [529, seen('OverloadedError', 529, 'overloaded_error', null, 'Overloaded')],
  ],
};

describe.each(FORMAT_CLIENTS)('a refusal of the only vendor ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  it.each(ROWS[client.format])('%i is raised as the SDK’s own error', async (status, expected) => {
    test.vendor.next({ status });

    const { error, headers } = await refusalOf(client.ask(test.url));

    expect(error).toEqual(expected);
    expect(headers.get('x-sluice-attempts')).toBe('1');
    expect(await test.ledger.only()).toMatchObject({ ending: 'failed', status: expected.status, attempts: 1 });
  });

  it.each(ROWS[client.format])('%i is the same where a stream was asked for', async (status, expected) => {
    test.vendor.next({ status });

    const { error } = await refusalOf(client.stream(test.url));

    expect(error).toEqual(expected);
  });

  it.each([429, 503, 529])('%i keeps the vendor’s wish when to come back', async (status) => {
    test.vendor.next({ status, retryAfter: '7' });

    const { headers } = await refusalOf(client.ask(test.url));

    expect(headers.get('retry-after')).toBe('7');
  });

  it('keeps the vendor’s headers that say what it was', async () => {
    test.vendor.next({ status: 429, headers: { 'x-ratelimit-remaining-requests': '0', 'set-cookie': 'a=b' } });

    const { headers } = await refusalOf(client.ask(test.url));

    expect(headers.get('x-ratelimit-remaining-requests')).toBe('0');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it.each([400, 401, 429, 500])('%i that repeats our credential is shown without it', async (status) => {
    test.vendor.next({ status, message: `The key ${VENDOR_KEY} may not do this.`, code: `no-${VENDOR_KEY}` });

    const reply = await sendRaw(test.url + client.path, { headers: client.headers, body: client.body() });

    expect(reply.text).toContain('The key [redacted] may not do this.');
    assertClean(reply.text);
    assertClean(JSON.stringify(reply.headers));
  });

  it.each([
    [
      'a page',
      '<html><h1>502 Bad Gateway</h1></html>',
      'The vendor answered with status 502 and a body that is not JSON.',
    ],
    ['nothing', '', 'The vendor answered with status 502 and an empty body.'],
  ])('of %s becomes a sentence', async (_, body, message) => {
    test.vendor.next({ status: 502, body, contentType: 'text/html' });

    const { error } = await refusalOf(client.ask(test.url));

    expect(error).toMatchObject({ name: 'InternalServerError', status: 502, code: 'upstream_error', message });
  });
});

import type { GatewayErrorKind, JsonObject } from '@sluice/core';
import { decodeError, decodeErrorEvent, findAnswerError } from './decode-error.js';

const bytes = (value: JsonObject): Buffer => Buffer.from(JSON.stringify(value));
const openAi = (members: JsonObject): JsonObject => ({ error: { message: 'M', type: 'T', param: null, ...members } });

describe('decodeError', () => {
  it.each<[number, JsonObject, GatewayErrorKind]>([
    [400, openAi({ type: 'invalid_request_error', code: null }), 'upstream_invalid_request'],
    [400, openAi({ code: 'context_length_exceeded' }), 'upstream_context_length'],
    [400, openAi({ code: 'previous_response_not_found' }), 'upstream_invalid_request'],
    [401, openAi({ code: 'invalid_api_key' }), 'upstream_auth_failed'],
    [404, openAi({ code: 'model_not_found' }), 'upstream_not_found'],
    [429, openAi({ code: 'rate_limit_exceeded' }), 'upstream_rate_limited'],
    [429, openAi({ type: 'insufficient_quota', code: 'insufficient_quota' }), 'upstream_quota_exhausted'],
    [503, openAi({ code: 'server_is_overloaded' }), 'upstream_overloaded'],
    [500, openAi({ type: 'server_error' }), 'upstream_error'],
  ])('%d with %j is %s', (status, body, kind) => {
    expect(decodeError(status, {}, bytes(body))).toMatchObject({
      kind,
      message: 'M',
      upstream: { status, body: { format: 'openai-responses', value: body } },
    });
  });

  it('never throws: a page instead of JSON is an error by its status', () => {
    expect(decodeError(502, { 'x-request-id': 'req_1' }, Buffer.from('<html>'))).toMatchObject({
      kind: 'upstream_error',
      upstream: { requestId: 'req_1' },
    });
  });
});

describe('decodeErrorEvent', () => {
  const words = { code: 'insufficient_quota', message: 'Pay first.', param: null };

  it.each([
    ['nested, as it is sent', { type: 'error', sequence_number: 2, error: { type: 'insufficient_quota', ...words } }],
    ['flat, as its types have it', { type: 'error', sequence_number: 2, ...words }],
  ])('reads an event that is %s', (_, event) => {
    expect(decodeErrorEvent(event)).toMatchObject({
      kind: 'upstream_quota_exhausted',
      message: 'Pay first.',
      upstream: { status: 429, code: 'insufficient_quota' },
    });
  });

  it.each<[string, GatewayErrorKind, number]>([
    ['cyber_policy', 'upstream_invalid_request', 400],
    ['invalid_prompt', 'upstream_invalid_request', 400],
    ['image_too_large', 'upstream_invalid_request', 400],
    ['invalid_base64_image', 'upstream_invalid_request', 400],
    ['rate_limit_exceeded', 'upstream_rate_limited', 429],
    ['server_error', 'upstream_error', 500],
    ['vector_store_timeout', 'upstream_timed_out', 504],
    ['a_word_yet_unknown', 'upstream_error', 500],
  ])('%s is %s', (code, kind, status) => {
    const error = decodeErrorEvent({ type: 'error', error: { code, message: 'M' } });

    expect(error).toMatchObject({ kind, upstream: { status, code } });
  });
});

describe('findAnswerError', () => {
  it.each<[JsonObject, string | undefined]>([
    [{ status: 'completed', error: null }, undefined],
    [{ status: 'incomplete', error: null }, undefined],
    [{ status: 'failed', error: { code: 'server_error', message: 'Broken.' } }, 'Broken.'],
    [{ status: 'failed', error: null }, 'The vendor could not finish its answer.'],
    [{ status: 'cancelled' }, 'The vendor’s answer was cancelled.'],
    [{ error: { message: 'No.', type: 'invalid_request_error' } }, 'No.'],
  ])('of %j', (answer, message) => {
    expect(findAnswerError(answer)?.message).toBe(message);
  });
});

import { GATEWAY_ERRORS, GatewayError, type GatewayErrorKind } from '@sluice/core';
import OpenAI, { APIError } from 'openai';
import { decodeError } from './decode-error.js';
import { encodeError, encodeStreamError } from './encode-error.js';

const MESSAGE = 'what is wrong';
const ask = { model: 'm', messages: [{ role: 'user' as const, content: 'hi' }] };

/** The official client in front of one canned answer. */
function clientOf(status: number, body: string, contentType: string): OpenAI {
  const fetch = async () => new Response(body, { status, headers: { 'content-type': contentType } });
  return new OpenAI({ apiKey: 'test', maxRetries: 0, fetch });
}

/** What the official client raises for an encoded error. */
async function raisedFor(error: GatewayError): Promise<APIError> {
  const { status, body } = encodeError(error);
  const failure = await clientOf(status, JSON.stringify(body), 'application/json')
    .chat.completions.create(ask)
    .catch((raised: unknown) => raised);
  if (failure instanceof APIError) return failure;
  throw new Error('expected an APIError');
}

describe('encodeError', () => {
  it.each([
    ['invalid_request', OpenAI.BadRequestError, 'invalid_request_error'],
    ['invalid_api_key', OpenAI.AuthenticationError, 'authentication_error'],
    ['permission_denied', OpenAI.PermissionDeniedError, 'permission_error'],
    ['insufficient_quota', OpenAI.PermissionDeniedError, 'insufficient_quota'],
    ['model_not_found', OpenAI.NotFoundError, 'invalid_request_error'],
    ['request_too_large', APIError, 'invalid_request_error'],
    ['rate_limited', OpenAI.RateLimitError, 'rate_limit_error'],
    ['model_cooldown', OpenAI.RateLimitError, 'rate_limit_error'],
    ['internal_error', OpenAI.InternalServerError, 'server_error'],
    ['no_account_available', OpenAI.InternalServerError, 'server_error'],
    ['upstream_auth_failed', OpenAI.InternalServerError, 'server_error'],
  ] as const)('raises our %s in the official client', async (kind, errorClass, type) => {
    const raised = await raisedFor(new GatewayError({ kind, message: MESSAGE, param: 'model' }));

    expect(raised).toBeInstanceOf(errorClass);
    expect(raised).toMatchObject({ status: GATEWAY_ERRORS[kind].status, type, code: kind, param: 'model' });
    expect(raised.error).toEqual({ message: MESSAGE, type, code: kind, param: 'model' });
  });

  it('has a row for every kind', () => {
    const kinds = Object.keys(GATEWAY_ERRORS) as GatewayErrorKind[]; // the keys of a const table

    const bodies = kinds.map((kind) => encodeError(new GatewayError({ kind, message: MESSAGE })).body);

    expect(bodies).toHaveLength(kinds.length);
    expect(bodies).toEqual(
      kinds.map(() => ({
        error: { message: MESSAGE, type: expect.any(String), param: null, code: expect.any(String) },
      })),
    );
  });

  it("shows the vendor's own body to clients of the same format", async () => {
    const vendor = {
      error: { message: 'Unsupported value', type: 'invalid_request_error', param: 'temperature', code: null, more: 1 },
    };
    const error = decodeError(400, {}, Buffer.from(JSON.stringify(vendor)));

    const raised = await raisedFor(error);

    expect(raised).toBeInstanceOf(OpenAI.BadRequestError);
    expect(raised.error).toEqual(vendor.error);
  });

  it('hides that the vendor refused our credential behind a 502', async () => {
    const vendor = { error: { message: 'No such key', type: 'authentication_error', code: 'invalid_api_key' } };
    const error = decodeError(401, {}, Buffer.from(JSON.stringify(vendor)));

    const raised = await raisedFor(error);

    expect(raised).toBeInstanceOf(OpenAI.InternalServerError);
    expect(raised).toMatchObject({ status: 502, type: 'server_error', code: 'upstream_auth_failed' });
    expect(raised.message).toBe('502 No such key');
  });

  it.each([
    ['upstream_context_length', 400, undefined, 'context_length_exceeded'],
    ['upstream_context_length', 400, 'CONTENT_LENGTH_EXCEEDS_THRESHOLD', 'context_length_exceeded'],
    ['upstream_quota_exhausted', 429, 'contract_spend_limit_reached', 'contract_spend_limit_reached'],
    ['upstream_error', 500, undefined, 'upstream_error'],
  ] as const)('renders a %s of another format in its own words', async (kind, status, code, expectedCode) => {
    const upstream = {
      status,
      message: MESSAGE,
      ...(code === undefined ? {} : { code }),
      body: { format: 'anthropic-messages', value: { type: 'error' } },
    };

    const raised = await raisedFor(new GatewayError({ kind, message: MESSAGE, upstream }));

    expect(raised).toMatchObject({ status, code: expectedCode });
    expect(raised.error).toMatchObject({ message: MESSAGE });
  });
});

describe('encodeStreamError', () => {
  it('raises in the official client after the chunks that came, and ends the stream', async () => {
    const chunk = '{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hel"}}]}';
    const frames = encodeStreamError(new GatewayError({ kind: 'upstream_truncated', message: MESSAGE }));
    const sse = [chunk, ...frames.map(({ data }) => data)].map((data) => `data: ${data}\n\n`).join('');
    const stream = await clientOf(200, sse, 'text/event-stream').chat.completions.create({ ...ask, stream: true });

    const texts: unknown[] = [];
    const reading = (async () => {
      for await (const part of stream) texts.push(part.choices[0]?.delta.content);
    })();

    await expect(reading).rejects.toMatchObject({ message: MESSAGE, type: 'server_error', code: 'upstream_truncated' });
    expect(texts).toEqual(['Hel']);
    expect(frames.at(-1)).toEqual({ kind: 'sse', data: '[DONE]' });
  });
});

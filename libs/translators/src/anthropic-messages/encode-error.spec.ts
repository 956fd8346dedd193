import Anthropic, { APIError } from '@anthropic-ai/sdk';
import { GATEWAY_ERRORS, GatewayError, type GatewayErrorKind } from '@sluice/core';
import { decodeError } from './decode-error.js';
import { encodeError, encodeStreamError } from './encode-error.js';

const MESSAGE = 'what is wrong';
const REQUEST_ID = 'req_ours';
const ask = { model: 'm', max_tokens: 1, messages: [{ role: 'user' as const, content: 'hi' }] };

/** The official client in front of one canned answer. */
function clientOf(status: number, body: string, contentType: string): Anthropic {
  const fetch = async () => new Response(body, { status, headers: { 'content-type': contentType } });
  return new Anthropic({ apiKey: 'test', maxRetries: 0, fetch });
}

/** What the official client raises for an encoded error. */
async function raisedFor(error: GatewayError): Promise<APIError> {
  const { status, body } = encodeError(error, REQUEST_ID);
  const failure = await clientOf(status, JSON.stringify(body), 'application/json')
    .messages.create(ask)
    .catch((raised: unknown) => raised);
  if (failure instanceof APIError) return failure;
  throw new Error('expected an APIError');
}

describe('encodeError', () => {
  it.each([
    ['invalid_request', Anthropic.BadRequestError, 'invalid_request_error'],
    ['invalid_api_key', Anthropic.AuthenticationError, 'authentication_error'],
    ['permission_denied', Anthropic.PermissionDeniedError, 'permission_error'],
    ['insufficient_quota', Anthropic.PermissionDeniedError, 'billing_error'],
    ['guardrail_blocked', Anthropic.PermissionDeniedError, 'invalid_request_error'],
    ['model_not_found', Anthropic.NotFoundError, 'not_found_error'],
    ['request_too_large', APIError, 'request_too_large'],
    ['rate_limited', Anthropic.RateLimitError, 'rate_limit_error'],
    ['model_cooldown', Anthropic.RateLimitError, 'rate_limit_error'],
    ['internal_error', Anthropic.InternalServerError, 'api_error'],
    ['no_account_available', Anthropic.InternalServerError, 'overloaded_error'],
    ['upstream_auth_failed', Anthropic.InternalServerError, 'api_error'],
  ] as const)('raises our %s in the official client', async (kind, errorClass, type) => {
    const raised = await raisedFor(new GatewayError({ kind, message: MESSAGE }));

    expect(raised).toBeInstanceOf(errorClass);
    expect(raised).toMatchObject({
      status: GATEWAY_ERRORS[kind].status,
      type,
      errorCode: kind,
      apiMessage: MESSAGE,
    });
    expect(raised.error).toMatchObject({ type: 'error', request_id: REQUEST_ID });
  });

  it('has a row for every kind', () => {
    const kinds = Object.keys(GATEWAY_ERRORS) as GatewayErrorKind[]; // the keys of a const table

    const bodies = kinds.map((kind) => encodeError(new GatewayError({ kind, message: MESSAGE }), REQUEST_ID).body);

    expect(bodies).toEqual(
      kinds.map((kind) => ({
        type: 'error',
        error: {
          type: expect.any(String),
          message: expect.stringContaining(MESSAGE) as string,
          details: { error_code: kind },
        },
        request_id: REQUEST_ID,
      })),
    );
  });

  it.each([
    ['The input is longer than 200000 tokens.', 'prompt is too long: The input is longer than 200000 tokens.'],
    ['Prompt is too long: 3 tokens', 'Prompt is too long: 3 tokens'],
  ])('says in the words that agents look for that the context is full: %s', (message, shown) => {
    const error = new GatewayError({ kind: 'upstream_context_length', message });

    expect(encodeError(error, REQUEST_ID).body).toMatchObject({
      error: { type: 'invalid_request_error', message: shown },
    });
  });

  it("shows the vendor's own body to clients of the same format", async () => {
    const vendor = {
      type: 'error',
      error: { type: 'rate_limit_error', message: 'Slow down', details: { error_code: 'x', more: 1 } },
      request_id: 'req_theirs',
    };
    const error = decodeError(429, {}, Buffer.from(JSON.stringify(vendor)));

    const raised = await raisedFor(error);

    expect(raised).toBeInstanceOf(Anthropic.RateLimitError);
    expect(raised.error).toEqual(vendor);
  });

  it('hides that the vendor refused our credential behind a 502', async () => {
    const vendor = { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } };
    const error = decodeError(401, {}, Buffer.from(JSON.stringify(vendor)));

    const raised = await raisedFor(error);

    expect(raised).toBeInstanceOf(Anthropic.InternalServerError);
    expect(raised).toMatchObject({
      status: 502,
      type: 'api_error',
      errorCode: 'upstream_auth_failed',
      apiMessage: 'invalid x-api-key',
    });
  });

  it.each([
    [402, 'billing_error'],
    [429, 'rate_limit_error'],
  ])('says of a vendor without credit, which told us by %d, that it is a %s', async (status, type) => {
    const upstream = { status, message: MESSAGE };

    const raised = await raisedFor(new GatewayError({ kind: 'upstream_quota_exhausted', message: MESSAGE, upstream }));

    expect(raised).toMatchObject({ status, type });
  });

  it('renders an error of another format in its own words', async () => {
    const upstream = {
      status: 400,
      message: MESSAGE,
      code: 'context_length_exceeded',
      body: { format: 'openai-chat', value: { error: { message: MESSAGE } } },
    };

    const raised = await raisedFor(new GatewayError({ kind: 'upstream_context_length', message: MESSAGE, upstream }));

    expect(raised).toBeInstanceOf(Anthropic.BadRequestError);
    expect(raised).toMatchObject({
      type: 'invalid_request_error',
      apiMessage: `prompt is too long: ${MESSAGE}`,
      errorCode: 'context_length_exceeded',
    });
  });
});

describe('encodeStreamError', () => {
  it('raises in the official client after the events that came', async () => {
    const start = {
      type: 'message_start',
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        content: [],
        usage: { input_tokens: 1, output_tokens: 1 },
      },
    };
    const frames = encodeStreamError(new GatewayError({ kind: 'upstream_overloaded', message: MESSAGE }), REQUEST_ID);
    const events = [{ event: 'message_start', data: JSON.stringify(start) }, ...frames];
    const sse = events.map(({ event, data }) => `event: ${event}\ndata: ${data}\n\n`).join('');
    const stream = await clientOf(200, sse, 'text/event-stream').messages.create({ ...ask, stream: true });

    const types: string[] = [];
    const reading = (async () => {
      for await (const part of stream) types.push(part.type);
    })();

    await expect(reading).rejects.toMatchObject({
      type: 'overloaded_error',
      apiMessage: MESSAGE,
      errorCode: 'upstream_overloaded',
    });
    expect(types).toEqual(['message_start']);
  });
});

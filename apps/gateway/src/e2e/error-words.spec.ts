import { GATEWAY_ERRORS, GatewayError, type FormatId, type GatewayErrorKind, type JsonObject } from '@sluice/core';
import { FormatRegistry } from '@sluice/translator-kit';
import { createGateway, type Gateway } from '../create-gateway.js';

type Row = readonly [
  kind: GatewayErrorKind,
  status: number,
  openAiType: string,
  openAiCode: string,
  anthropicType: string,
  googleStatus: string,
];

const WRONG = 'invalid_request_error';
const STRANGER = 'authentication_error';
const FORBIDDEN = 'permission_error';
const LIMIT = 'rate_limit_error';
const SERVER = 'server_error';

/**
 * What clients read of each failure, after the vendors' pages on errors.
 * @see https://platform.openai.com/docs/guides/error-codes/api-errors
 * @see https://platform.claude.com/docs/en/api/errors
 * @see https://cloud.google.com/apis/design/errors#handling_errors
 */
const ROWS: readonly Row[] = [
  ['invalid_request', 400, WRONG, 'invalid_request', WRONG, 'INVALID_ARGUMENT'],
  ['previous_response_not_found', 400, WRONG, 'previous_response_not_found', WRONG, 'INVALID_ARGUMENT'],
  ['invalid_api_key', 401, STRANGER, 'invalid_api_key', STRANGER, 'UNAUTHENTICATED'],
  ['invalid_credentials', 401, STRANGER, 'invalid_credentials', STRANGER, 'UNAUTHENTICATED'],
  ['session_expired', 401, STRANGER, 'session_expired', STRANGER, 'UNAUTHENTICATED'],
  ['permission_denied', 403, FORBIDDEN, 'permission_denied', FORBIDDEN, 'PERMISSION_DENIED'],
  ['domain_not_allowed', 403, FORBIDDEN, 'domain_not_allowed', FORBIDDEN, 'PERMISSION_DENIED'],
  ['totp_setup_required', 403, FORBIDDEN, 'totp_setup_required', FORBIDDEN, 'PERMISSION_DENIED'],
  ['kiro_token_required', 403, FORBIDDEN, 'kiro_token_required', FORBIDDEN, 'PERMISSION_DENIED'],
  ['kiro_token_expired', 403, FORBIDDEN, 'kiro_token_expired', FORBIDDEN, 'PERMISSION_DENIED'],
  ['copilot_token_expired', 403, FORBIDDEN, 'copilot_token_expired', FORBIDDEN, 'PERMISSION_DENIED'],
  ['provider_not_configured', 403, FORBIDDEN, 'provider_not_configured', FORBIDDEN, 'PERMISSION_DENIED'],
  ['provider_disabled', 403, FORBIDDEN, 'provider_disabled', FORBIDDEN, 'PERMISSION_DENIED'],
  ['model_disabled', 403, FORBIDDEN, 'model_disabled', FORBIDDEN, 'PERMISSION_DENIED'],
  ['insufficient_quota', 403, 'insufficient_quota', 'insufficient_quota', 'billing_error', 'PERMISSION_DENIED'],
  ['guardrail_blocked', 403, WRONG, 'content_filter', WRONG, 'PERMISSION_DENIED'],
  ['not_found', 404, WRONG, 'not_found', 'not_found_error', 'NOT_FOUND'],
  ['model_not_found', 404, WRONG, 'model_not_found', 'not_found_error', 'NOT_FOUND'],
  ['method_not_allowed', 405, WRONG, 'method_not_allowed', WRONG, 'INVALID_ARGUMENT'],
  ['request_timeout', 408, WRONG, 'request_timeout', 'timeout_error', 'DEADLINE_EXCEEDED'],
  ['last_admin', 409, WRONG, 'last_admin', 'conflict_error', 'ABORTED'],
  ['request_too_large', 413, WRONG, 'request_too_large', 'request_too_large', 'INVALID_ARGUMENT'],
  ['unsupported_media_type', 415, WRONG, 'unsupported_media_type', WRONG, 'INVALID_ARGUMENT'],
  ['rate_limited', 429, LIMIT, 'rate_limited', LIMIT, 'RESOURCE_EXHAUSTED'],
  ['account_locked', 429, LIMIT, 'account_locked', LIMIT, 'RESOURCE_EXHAUSTED'],
  ['model_cooldown', 429, LIMIT, 'model_cooldown', LIMIT, 'RESOURCE_EXHAUSTED'],
  ['client_closed', 499, SERVER, 'client_closed', 'api_error', 'CANCELLED'],
  ['internal_error', 500, SERVER, 'internal_error', 'api_error', 'INTERNAL'],
  ['config_error', 500, SERVER, 'config_error', 'api_error', 'INTERNAL'],
  ['unsupported_translation', 501, SERVER, 'unsupported_translation', 'api_error', 'UNIMPLEMENTED'],
  ['copilot_auth_error', 502, SERVER, 'copilot_auth_error', 'api_error', 'UNAVAILABLE'],
  ['no_account_available', 503, SERVER, 'no_account_available', 'overloaded_error', 'UNAVAILABLE'],
  ['shutting_down', 503, SERVER, 'shutting_down', 'overloaded_error', 'UNAVAILABLE'],
  ['upstream_invalid_request', 400, WRONG, 'upstream_invalid_request', WRONG, 'INVALID_ARGUMENT'],
  ['upstream_context_length', 400, WRONG, 'context_length_exceeded', WRONG, 'INVALID_ARGUMENT'],
  ['upstream_not_found', 404, WRONG, 'upstream_not_found', 'not_found_error', 'NOT_FOUND'],
  ['upstream_request_too_large', 413, WRONG, 'upstream_request_too_large', 'request_too_large', 'INVALID_ARGUMENT'],
  ['upstream_rate_limited', 429, LIMIT, 'rate_limit_exceeded', LIMIT, 'RESOURCE_EXHAUSTED'],
  ['upstream_quota_exhausted', 429, 'insufficient_quota', 'insufficient_quota', LIMIT, 'RESOURCE_EXHAUSTED'],
  ['upstream_auth_failed', 502, SERVER, 'upstream_auth_failed', 'api_error', 'UNAVAILABLE'],
  ['upstream_overloaded', 503, SERVER, 'server_is_overloaded', 'overloaded_error', 'UNAVAILABLE'],
  ['upstream_error', 502, SERVER, 'upstream_error', 'api_error', 'INTERNAL'],
  ['upstream_unreachable', 502, SERVER, 'upstream_unreachable', 'api_error', 'UNAVAILABLE'],
  ['upstream_invalid_response', 502, SERVER, 'upstream_invalid_response', 'api_error', 'INTERNAL'],
  ['upstream_truncated', 502, SERVER, 'upstream_truncated', 'api_error', 'INTERNAL'],
  ['upstream_timed_out', 504, SERVER, 'upstream_timed_out', 'timeout_error', 'DEADLINE_EXCEEDED'],
  ['upstream_silent', 504, SERVER, 'upstream_silent', 'timeout_error', 'DEADLINE_EXCEEDED'],
];

const MESSAGE = 'What is wrong, and what to do: prompt is too long.';
const REQUEST_ID = 'req-1';

describe('what clients read of a failure', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await createGateway({ telemetry: { level: 'error', destination: { write: () => {} } } });
  });
  afterAll(() => gateway.stop(0));

  const encode = (format: FormatId, kind: GatewayErrorKind): { status: number; body: JsonObject } => {
    const { client } = gateway.app.get(FormatRegistry).get(format);
    if (client === undefined) throw new Error(`nobody speaks ${format} to us`);
    return client.encodeError(new GatewayError({ kind, message: MESSAGE }), REQUEST_ID);
  };

  it('is fixed for every kind', () => {
    expect(ROWS.map(([kind]) => kind).sort()).toEqual(Object.keys(GATEWAY_ERRORS).sort());
  });

  it.each(['openai-chat', 'openai-responses', 'openai-embeddings', 'openai-completions'])('%s', (format) => {
    const read = ROWS.map(([kind]) => [kind, encode(format, kind)]);

    expect(read).toEqual(
      ROWS.map(([kind, status, type, code]) => [
        kind,
        { status, body: { error: { message: MESSAGE, type, param: null, code } } },
      ]),
    );
  });

  it('anthropic-messages', () => {
    const read = ROWS.map(([kind]) => [kind, encode('anthropic-messages', kind)]);

    expect(read).toEqual(
      ROWS.map(([kind, status, , , type]) => [
        kind,
        {
          status,
          body: {
            type: 'error',
            error: { type, message: MESSAGE, details: { error_code: kind } },
            request_id: REQUEST_ID,
          },
        },
      ]),
    );
  });

  it('gemini', () => {
    const read = ROWS.map(([kind]) => [kind, encode('gemini', kind)]);

    expect(read).toEqual(
      ROWS.map(([kind, code, , , , status]) => [
        kind,
        {
          status: code,
          body: {
            error: {
              code,
              message: MESSAGE,
              status,
              details: [expect.objectContaining({ reason: kind.toUpperCase() })],
            },
          },
        },
      ]),
    );
  });

  it('a failed Responses stream ends with the same word', () => {
    const { client } = gateway.app.get(FormatRegistry).get('openai-responses');
    const codes = ROWS.map(([kind]) => {
      const frames = client?.encodeStreamError(new GatewayError({ kind, message: MESSAGE }), REQUEST_ID) ?? [];
      const last = frames.at(-1);
      if (last?.kind !== 'sse') throw new Error('a stream of Responses is SSE');
      return (JSON.parse(last.data) as { response: { error: { code: string } } }).response.error.code; // its own event
    });

    expect(codes).toEqual(ROWS.map(([, , , code]) => code));
  });
});

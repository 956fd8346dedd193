import type { ErrorDetail } from '../vendor-dialect.js';

interface ErrorRow {
  readonly type: string;
  readonly message: string;
}

/** Type per status as Anthropic sends it. @see https://docs.anthropic.com/en/api/errors */
const ROWS: Readonly<Record<number, ErrorRow>> = {
  400: { type: 'invalid_request_error', message: 'The request has an invalid value.' },
  401: { type: 'authentication_error', message: 'invalid x-api-key' },
  402: { type: 'billing_error', message: 'There is a problem with billing or payment.' },
  403: { type: 'permission_error', message: 'The API key may not use this resource.' },
  404: { type: 'not_found_error', message: 'The requested resource was not found.' },
  408: { type: 'timeout_error', message: 'The request took too long to arrive.' },
  409: { type: 'conflict_error', message: 'The request conflicts with another one.' },
  413: { type: 'request_too_large', message: 'The request body is too large.' },
  429: { type: 'rate_limit_error', message: 'The rate limit of input tokens per minute is exceeded.' },
  500: { type: 'api_error', message: 'Internal server error' },
  503: { type: 'api_error', message: 'The service is unavailable.' },
  504: { type: 'timeout_error', message: 'The request timed out.' },
  529: { type: 'overloaded_error', message: 'Overloaded' },
};

const CLIENT_FALLBACK: ErrorRow = { type: 'invalid_request_error', message: 'The request was refused.' };
const SERVER_FALLBACK: ErrorRow = { type: 'api_error', message: 'Internal server error' };

/** Anthropic's error object for a status; in a stream it comes without a request id. */
export function anthropicError(status: number, { message, code }: ErrorDetail) {
  const row = ROWS[status] ?? (status < 500 ? CLIENT_FALLBACK : SERVER_FALLBACK);
  return {
    type: 'error',
    error: {
      type: row.type,
      message: message ?? row.message,
      ...(code === undefined ? {} : { details: { error_code: code } }),
    },
  };
}

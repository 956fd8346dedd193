import type { ErrorDetail } from '../vendor-dialect.js';

interface ErrorRow {
  readonly type: string;
  readonly code: string | null;
  readonly message: string;
}

/** Type and code per status as OpenAI sends them. @see https://platform.openai.com/docs/guides/error-codes */
const ROWS: Readonly<Record<number, ErrorRow>> = {
  400: { type: 'invalid_request_error', code: 'invalid_value', message: 'The request has an invalid value.' },
  401: { type: 'invalid_request_error', code: 'invalid_api_key', message: 'Incorrect API key provided.' },
  403: {
    type: 'request_forbidden',
    code: 'unsupported_country_region_territory',
    message: 'This country, region or territory is not supported.',
  },
  404: {
    type: 'invalid_request_error',
    code: 'model_not_found',
    message: 'The model does not exist or you do not have access to it.',
  },
  408: { type: 'timeout', code: 'request_timeout', message: 'The request took too long to arrive.' },
  413: { type: 'invalid_request_error', code: 'request_too_large', message: 'The request body is too large.' },
  422: { type: 'invalid_request_error', code: null, message: 'The request cannot be processed.' },
  429: { type: 'requests', code: 'rate_limit_exceeded', message: 'Rate limit reached for requests per minute.' },
  500: { type: 'server_error', code: null, message: 'The server had an error while processing the request.' },
  503: { type: 'server_error', code: 'server_is_overloaded', message: 'The servers are overloaded.' },
  529: { type: 'server_error', code: 'server_is_overloaded', message: 'The servers are overloaded.' },
};

const CLIENT_FALLBACK: ErrorRow = { type: 'invalid_request_error', code: null, message: 'The request was refused.' };
const SERVER_FALLBACK: ErrorRow = { type: 'server_error', code: null, message: 'The server had an error.' };

/** A spent quota is named in both members. */
const QUOTA_CODE = 'insufficient_quota';

/** The error object of OpenAI for a status; also what stands in a stream. */
export function openAiError(status: number, { message, code }: ErrorDetail) {
  const row = ROWS[status] ?? (status < 500 ? CLIENT_FALLBACK : SERVER_FALLBACK);
  return {
    error: {
      message: message ?? row.message,
      type: code === QUOTA_CODE ? QUOTA_CODE : row.type,
      param: null,
      code: code ?? row.code,
    },
  };
}

import type { ErrorDetail } from '../vendor-dialect.js';

interface ErrorRow {
  /** The exception, where the vendor names one in the body. */
  readonly type?: string;
  readonly message: string;
  readonly reason?: string;
}

const NAMESPACE = 'com.amazon.aws.codewhisperer';
const BAD_TOKEN = 'The bearer token included in the request is invalid.';

/** What Kiro says for a status. */
const ROWS: Readonly<Record<number, ErrorRow>> = {
  400: { message: 'Improperly formed request.' },
  401: { message: BAD_TOKEN },
  402: { message: 'You have reached the limit for this month.', reason: 'MONTHLY_REQUEST_COUNT' },
  403: { message: BAD_TOKEN },
  413: { message: 'Input is too long.', reason: 'CONTENT_LENGTH_EXCEEDS_THRESHOLD' },
  429: { type: 'ThrottlingException', message: 'Too many requests, please wait before trying again.' },
  500: { type: 'InternalServerException', message: 'Encountered an unexpected error, please try again.' },
  503: { type: 'ServiceUnavailableException', message: 'The service is unavailable.' },
};

const CLIENT_FALLBACK: ErrorRow = { message: 'The request was refused.' };
const SERVER_FALLBACK: ErrorRow = { message: 'Internal failure' };

/** Kiro's error body for a status; the code is its reason. */
export function kiroError(status: number, { message, code }: ErrorDetail) {
  const row = ROWS[status] ?? (status < 500 ? CLIENT_FALLBACK : SERVER_FALLBACK);
  return {
    ...(row.type === undefined ? {} : { __type: `${NAMESPACE}#${row.type}` }),
    message: message ?? row.message,
    reason: code ?? row.reason ?? null,
  };
}

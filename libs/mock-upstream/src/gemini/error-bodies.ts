import type { ErrorDetail } from '../vendor-dialect.js';

interface ErrorRow {
  readonly status: string;
  readonly message: string;
}

/** Google's word per status. @see https://ai.google.dev/gemini-api/docs/troubleshooting */
const ROWS: Readonly<Record<number, ErrorRow>> = {
  400: { status: 'INVALID_ARGUMENT', message: 'Request contains an invalid argument.' },
  401: { status: 'UNAUTHENTICATED', message: 'Request had invalid authentication credentials.' },
  403: { status: 'PERMISSION_DENIED', message: 'The caller does not have permission.' },
  404: { status: 'NOT_FOUND', message: 'Requested entity was not found.' },
  408: { status: 'DEADLINE_EXCEEDED', message: 'The request took too long to arrive.' },
  429: { status: 'RESOURCE_EXHAUSTED', message: 'Resource has been exhausted (e.g. check quota).' },
  500: { status: 'INTERNAL', message: 'An internal error has occurred.' },
  503: { status: 'UNAVAILABLE', message: 'The model is overloaded. Please try again later.' },
  504: { status: 'DEADLINE_EXCEEDED', message: 'Deadline expired before operation could complete.' },
};

const CLIENT_FALLBACK: ErrorRow = { status: 'INVALID_ARGUMENT', message: 'The request was refused.' };
const SERVER_FALLBACK: ErrorRow = { status: 'INTERNAL', message: 'An internal error has occurred.' };

/** Google's error object for a status. */
export function geminiError(status: number, { message, code }: ErrorDetail) {
  const row = ROWS[status] ?? (status < 500 ? CLIENT_FALLBACK : SERVER_FALLBACK);
  const info = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: code ?? '', domain: 'googleapis.com' };
  return {
    error: {
      code: status,
      message: message ?? row.message,
      status: row.status,
      ...(code === undefined ? {} : { details: [info] }),
    },
  };
}

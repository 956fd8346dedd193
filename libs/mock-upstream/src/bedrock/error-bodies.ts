import type { ErrorDetail } from '../vendor-dialect.js';

/** An exception and its sentence. */
type ErrorRow = readonly [type: string, message: string];

/** What Bedrock says for a status. */
const ROWS: Readonly<Record<number, ErrorRow>> = {
  400: ['ValidationException', 'The request body is not valid.'],
  403: ['UnrecognizedClientException', 'The security token included in the request is invalid.'],
  404: ['ResourceNotFoundException', 'Could not resolve the foundation model from the provided model identifier.'],
  408: ['ModelTimeoutException', 'Model has timed out in processing the request. Try your request again.'],
  424: ['ModelErrorException', 'The model returned an error.'],
  429: ['ThrottlingException', 'Too many requests, please wait before trying again.'],
  500: [
    'InternalServerException',
    'The system encountered an unexpected error during processing. Try your request again.',
  ],
  503: ['ServiceUnavailableException', 'Bedrock is unable to process your request.'],
};

const CLIENT_FALLBACK: ErrorRow = ['ValidationException', 'The request was refused.'];
const SERVER_FALLBACK: ErrorRow = ['InternalServerException', 'Internal failure'];

/** Bedrock's error body for a status; the code is the name of the exception, which also stands in a header there. */
export function bedrockError(status: number, { message, code }: ErrorDetail) {
  const [type, sentence] = ROWS[status] ?? (status < 500 ? CLIENT_FALLBACK : SERVER_FALLBACK);
  return { __type: code ?? type, message: message ?? sentence };
}

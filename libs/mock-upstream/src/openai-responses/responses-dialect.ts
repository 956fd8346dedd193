import { OPENAI_DIALECT } from '../openai/openai-dialect.js';
import { openAiError } from '../openai/error-bodies.js';
import { sseEvent } from '../sse-event.js';
import type { VendorDialect } from '../vendor-dialect.js';
import { readResponsesRequest } from './read-responses-request.js';
import { renderResponse } from './render-response.js';
import { renderResponseEvents } from './render-response-events.js';

/** A base URL may contain `/v1` or not. */
const RESPONSES_PATHS = new Set(['/v1/responses', '/responses']);

const STREAM_ERROR_STATUS = 500;
/** Nobody counted the events before it. */
const STREAM_ERROR_NUMBER = 0;

/** OpenAI's Responses. Errors before the answer and the list of models are those of its other interfaces. */
export const RESPONSES_DIALECT: VendorDialect = {
  name: 'openai-responses',
  endpoint: ({ method, path }) => (method === 'POST' && RESPONSES_PATHS.has(path) ? 'inference' : undefined),
  claims: ({ path }) => RESPONSES_PATHS.has(path),
  readRequest: readResponsesRequest,
  renderAnswer: (answer) => JSON.stringify(renderResponse(answer)),
  renderStream: renderResponseEvents,
  renderStreamError: (detail) =>
    sseEvent(
      { type: 'error', sequence_number: STREAM_ERROR_NUMBER, ...openAiError(STREAM_ERROR_STATUS, detail) },
      'error',
    ),
  renderError: (status, detail) => OPENAI_DIALECT.renderError(status, detail),
  renderModels: (ids) => OPENAI_DIALECT.renderModels(ids),
  headers: (requestId) => OPENAI_DIALECT.headers(requestId),
};

import { sseEvent } from '../sse-event.js';
import type { MockRequest } from '../mock-request.js';
import type { VendorDialect } from '../vendor-dialect.js';
import { anthropicError } from './error-bodies.js';
import { readMessagesRequest } from './read-messages-request.js';
import { renderEvents } from './render-events.js';
import { renderMessage } from './render-message.js';

const MESSAGES_PATH = '/v1/messages';
const MODELS_PATH = '/v1/models';
const MODEL_CREATED_AT = '2025-10-09T00:00:00Z';
const STREAM_ERROR_STATUS = 529;

const hasVersion = (request: MockRequest): boolean => request.headers['anthropic-version'] !== undefined;

/** Anthropic's Messages, and its list of models, which only the version header tells from OpenAI's. */
export const ANTHROPIC_DIALECT: VendorDialect = {
  name: 'anthropic',
  endpoint: (request) => {
    if (request.method === 'POST' && request.path === MESSAGES_PATH) return 'inference';
    return request.method === 'GET' && request.path === MODELS_PATH && hasVersion(request) ? 'models' : undefined;
  },
  claims: (request) => hasVersion(request) || request.path.startsWith(MESSAGES_PATH),
  readRequest: readMessagesRequest,
  renderAnswer: renderMessage,
  renderStream: renderEvents,
  renderStreamError: (detail) => sseEvent(anthropicError(STREAM_ERROR_STATUS, detail), 'error'),
  renderError: (status, detail) => JSON.stringify({ ...anthropicError(status, detail), request_id: detail.requestId }),
  renderModels: (ids) =>
    JSON.stringify({
      data: ids.map((id) => ({ type: 'model', id, display_name: id, created_at: MODEL_CREATED_AT })),
      first_id: ids[0] ?? null,
      last_id: ids.at(-1) ?? null,
      has_more: false,
    }),
  headers: (requestId) => ({ 'request-id': requestId, 'x-mock-usage': 'in-words' }),
};

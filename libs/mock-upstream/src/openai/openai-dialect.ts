import { sseEvent } from '../sse-event.js';
import type { VendorDialect } from '../vendor-dialect.js';
import { openAiError } from './error-bodies.js';
import { readChatRequest } from './read-chat-request.js';
import { renderChunks } from './render-chunks.js';
import { CREATED_SECONDS, renderCompletion } from './render-completion.js';

/** A base URL may contain `/v1` or not. */
const CHAT_PATHS = new Set(['/v1/chat/completions', '/chat/completions']);
const MODEL_PATHS = new Set(['/v1/models', '/models']);

const STREAM_ERROR_STATUS = 500;

/** OpenAI's chat completions, and its list of models. */
export const OPENAI_DIALECT: VendorDialect = {
  name: 'openai',
  endpoint: ({ method, path }) => {
    if (method === 'POST' && CHAT_PATHS.has(path)) return 'inference';
    return method === 'GET' && MODEL_PATHS.has(path) ? 'models' : undefined;
  },
  claims: () => true,
  readRequest: readChatRequest,
  renderAnswer: renderCompletion,
  renderStream: renderChunks,
  renderStreamError: (detail) => sseEvent(openAiError(STREAM_ERROR_STATUS, detail)),
  renderError: (status, detail) => JSON.stringify(openAiError(status, detail)),
  renderModels: (ids) =>
    JSON.stringify({
      object: 'list',
      data: ids.map((id) => ({ id, object: 'model', created: CREATED_SECONDS, owned_by: 'sluice-mock' })),
    }),
  headers: (requestId) => ({ 'x-request-id': requestId, 'openai-version': '2020-10-01' }),
};

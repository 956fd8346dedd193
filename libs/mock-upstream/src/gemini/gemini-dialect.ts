import type { VendorDialect } from '../vendor-dialect.js';
import { geminiError } from './error-bodies.js';
import { readModelPath } from './model-path.js';
import { readGenerateRequest } from './read-generate-request.js';
import { event, renderAnswer, renderStream } from './render-answer.js';

const MODELS_PATH = '/v1beta/models';
const STREAM_ERROR_STATUS = 503;
const INPUT_TOKEN_LIMIT = 1_048_576;
const OUTPUT_TOKEN_LIMIT = 65_536;

/** Google's Gemini API with server-sent events, and its list of models. */
export const GEMINI_DIALECT: VendorDialect = {
  name: 'gemini',
  endpoint: ({ method, path }) => {
    if (method === 'POST' && readModelPath(path) !== undefined) return 'inference';
    return method === 'GET' && path === MODELS_PATH ? 'models' : undefined;
  },
  claims: ({ path, headers }) => path.startsWith('/v1beta/') || headers['x-goog-api-key'] !== undefined,
  readRequest: readGenerateRequest,
  renderAnswer,
  renderStream,
  renderStreamError: (detail) => event(geminiError(STREAM_ERROR_STATUS, detail)),
  renderError: (status, detail) => JSON.stringify(geminiError(status, detail)),
  renderModels: (ids) =>
    JSON.stringify({
      models: ids.map((id) => ({
        name: `models/${id}`,
        displayName: id,
        inputTokenLimit: INPUT_TOKEN_LIMIT,
        outputTokenLimit: OUTPUT_TOKEN_LIMIT,
        supportedGenerationMethods: ['generateContent', 'countTokens'],
      })),
    }),
  headers: () => ({ server: 'scaffolding on HTTPServer2' }),
};

import { RequestRefusal, type VendorDialect } from '../vendor-dialect.js';
import { kiroError } from './error-bodies.js';
import { brokenFrame, exceptionFrame } from './event-frames.js';
import { readGenerateRequest } from './read-generate-request.js';
import { renderFrames } from './render-frames.js';

const INFERENCE_PATH = '/generateAssistantResponse';
const MODELS_PATH = '/ListAvailableModels';

/** How Kiro fails inside a 200 when it has no capacity. */
const STREAM_ERROR = { type: 'ThrottlingException', reason: 'INSUFFICIENT_MODEL_CAPACITY' };
const STREAM_ERROR_MESSAGE = 'I am experiencing high traffic, please try again shortly.';

/** Kiro's inference over the AWS event stream, and its list of models. */
export const KIRO_DIALECT: VendorDialect = {
  name: 'kiro',
  streamType: 'application/vnd.amazon.eventstream',
  brokenEvent: brokenFrame(),
  endpoint: ({ method, path }) => {
    if (method === 'POST' && path === INFERENCE_PATH) return 'inference';
    return method === 'GET' && path === MODELS_PATH ? 'models' : undefined;
  },
  claims: ({ path }) => path === INFERENCE_PATH || path === MODELS_PATH,
  readRequest: readGenerateRequest,
  renderAnswer: () => {
    throw new RequestRefusal('Kiro only streams.');
  },
  renderStream: renderFrames,
  renderStreamError: ({ message = STREAM_ERROR_MESSAGE, code = STREAM_ERROR.reason }) =>
    exceptionFrame(STREAM_ERROR.type, { message, reason: code }),
  renderError: (status, detail) => JSON.stringify(kiroError(status, detail)),
  renderModels: (ids) =>
    JSON.stringify({
      defaultModel: { modelId: ids[0] ?? 'auto' },
      models: ids.map((modelId) => ({ modelId, modelName: modelId })),
      nextToken: null,
    }),
  headers: (requestId) => ({ 'x-amzn-requestid': requestId, 'x-mock-usage': 'in-words' }),
};

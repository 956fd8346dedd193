import { headerValue } from '@sluice/core';
import type { MockRequest } from '../mock-request.js';
import { RequestRefusal, type VendorDialect } from '../vendor-dialect.js';
import { kiroError } from './error-bodies.js';
import { brokenFrame, exceptionFrame } from './event-frames.js';
import { readGenerateRequest } from './read-generate-request.js';
import { renderFrames } from './render-frames.js';

const INFERENCE_PATH = '/generateAssistantResponse';
const MODELS_PATH = '/ListAvailableModels';
/** The command line asks at the root and names the operation in a header. */
const ROOT_PATH = '/';
const TARGET_HEADER = 'x-amz-target';
const GENERATE_TARGET = 'AmazonCodeWhispererStreamingService.GenerateAssistantResponse';

/** How Kiro fails inside a 200 when it has no capacity. */
const STREAM_ERROR = { type: 'ThrottlingException', reason: 'INSUFFICIENT_MODEL_CAPACITY' };
const STREAM_ERROR_MESSAGE = 'I am experiencing high traffic, please try again shortly.';

/** Kiro's inference over the AWS event stream, and its list of models. */
export const KIRO_DIALECT: VendorDialect = {
  name: 'kiro',
  streamType: 'application/vnd.amazon.eventstream',
  brokenEvent: brokenFrame(),
  endpoint: (request) => {
    const { method, path } = request;
    if (method === 'POST' && isInference(request)) return 'inference';
    return method === 'GET' && path === MODELS_PATH ? 'models' : undefined;
  },
  claims: (request) => isInference(request) || request.path === MODELS_PATH,
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

function isInference({ path, headers }: MockRequest): boolean {
  return path === INFERENCE_PATH || (path === ROOT_PATH && headerValue(headers, TARGET_HEADER) === GENERATE_TARGET);
}

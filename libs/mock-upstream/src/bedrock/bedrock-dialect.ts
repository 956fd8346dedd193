import type { VendorDialect } from '../vendor-dialect.js';
import { bedrockError } from './error-bodies.js';
import { brokenFrame, exceptionFrame } from './event-frames.js';
import { isConversePath, readConverseRequest } from './read-converse-request.js';
import { renderConverse, renderConverseStream } from './render-answer.js';

const MODELS_PATH = '/foundation-models';

/** How Bedrock fails inside a 200 when it has no capacity. */
const STREAM_ERROR = 'serviceUnavailableException';
const STREAM_ERROR_MESSAGE = 'Bedrock is unable to process your request.';

/** Amazon Bedrock's Converse, whole and over the AWS event stream, and its list of models. */
export const BEDROCK_DIALECT: VendorDialect = {
  name: 'bedrock',
  streamType: 'application/vnd.amazon.eventstream',
  brokenEvent: brokenFrame(),
  endpoint: ({ method, path }) => {
    if (method === 'POST' && isConversePath(path)) return 'inference';
    return method === 'GET' && path === MODELS_PATH ? 'models' : undefined;
  },
  claims: ({ path }) => isConversePath(path) || path === MODELS_PATH,
  readRequest: readConverseRequest,
  renderAnswer: renderConverse,
  renderStream: renderConverseStream,
  renderStreamError: ({ message = STREAM_ERROR_MESSAGE, code = STREAM_ERROR }) => exceptionFrame(code, message),
  renderError: (status, detail) => JSON.stringify(bedrockError(status, detail)),
  renderModels: (ids) =>
    JSON.stringify({
      modelSummaries: ids.map((modelId) => ({ modelId, modelName: modelId, providerName: 'Sluice' })),
    }),
  headers: (requestId) => ({ 'x-amzn-requestid': requestId, 'x-mock-usage': 'in-words' }),
};

import { invalidRequest, type TokenCountSide, type WireCall } from '@sluice/translator-kit';
import { encodeCountResponse } from './count-tokens.js';
import { decodeCountRequest } from './decode-count-request.js';
import { readModelPath, writeModelPath, type ModelPath } from './model-path.js';

/** The model stands in the path; the body is the contents, or a whole request. @see https://ai.google.dev/api/tokens */
export const tokenCount: TokenCountSide = {
  readModel: (call) => pathOf(call).model,
  withModel: (call, model) => ({ ...call, path: writeModelPath({ ...pathOf(call), model }) }),
  decodeRequest: decodeCountRequest,
  encodeCount: (inputTokens) => encodeCountResponse({ inputTokens }),
};

function pathOf({ path }: WireCall): ModelPath {
  const found = readModelPath(path);
  if (found !== undefined && found.model.trim() !== '') return found;
  throw invalidRequest('The path must name a model, as in /v1beta/models/gemini-2.5-flash:countTokens.', 'model');
}

import {
  invalidRequest,
  objectMember,
  parseJsonObject,
  serialiseBody,
  type TokenCountSide,
  type WireCall,
} from '@sluice/translator-kit';
import { decodeCountRequest } from './decode-count-request.js';
import { readModelPath, resourceOf, writeModelPath, type ModelPath } from './model-path.js';

/** Both spellings that Google reads. */
const WHOLE_REQUEST = ['generateContentRequest', 'generate_content_request'] as const;

/**
 * How clients of Google ask: the model stands in the path; the body is the contents, or a whole request that names the model
 * once more.
 * @see https://ai.google.dev/api/tokens
 */
export const tokenCount: TokenCountSide = {
  readModel: (call) => pathOf(call).model,
  withModel(call, model) {
    const path = pathOf(call);
    if (path.model === model) return call;
    return { ...call, path: writeModelPath({ ...path, model }), body: bodyFor(call.body, resourceOf(model)) };
  },
  decodeRequest: decodeCountRequest,
  encodeCount: (totalTokens) => ({ totalTokens }),
};

function pathOf({ path }: WireCall): ModelPath {
  const found = readModelPath(path);
  if (found !== undefined && found.model.trim() !== '') return found;
  throw invalidRequest('The path must name a model, as in /v1beta/models/gemini-2.5-flash:countTokens.', 'model');
}

/** A body that names no model stays as it is, byte for byte. */
function bodyFor(body: Buffer, resource: string): Buffer {
  const parsed = parseJsonObject(body.toString());
  const name = WHOLE_REQUEST.find((spelling) => objectMember(parsed, spelling) !== undefined);
  if (name === undefined) return body;
  return serialiseBody({ ...parsed, [name]: { ...objectMember(parsed, name), model: resource } });
}

import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import { invalidRequest, parseJsonObject, serialiseBody, type Envelope, type WireCall } from '@sluice/translator-kit';
import { readModelPath, resourceOf, writeModelPath, type ModelPath } from '../model-path.js';
import type { EmbeddingMethod } from './embedding-method.js';

/**
 * The model stands in the path, and once more in the body: at its top, or in each request of a batch. Google refuses a body
 * that names another one than the path, so that only a call under another name has its body written anew.
 */
export function embeddingEnvelope(method: EmbeddingMethod): Envelope {
  const pathIn = (call: WireCall): ModelPath => pathOf(call, method);
  return {
    read: (call) => ({ model: pathIn(call).model, stream: false }),
    withModel(call, model) {
      const path = pathIn(call);
      if (path.model === model) return call;
      return { ...call, path: writeModelPath({ ...path, model }), body: bodyFor(call.body, resourceOf(model)) };
    },
  };
}

function pathOf({ path }: WireCall, method: EmbeddingMethod): ModelPath {
  const found = readModelPath(path);
  if (found?.method === method && found.model.trim() !== '') return found;
  throw invalidRequest(`The path must name a model, as in /v1beta/models/gemini-embedding-001:${method}.`, 'model');
}

/** A body that cannot be read stays as it is: the vendor says what is wrong with it. */
function bodyFor(body: Buffer, resource: string): Buffer {
  const parsed = parseJsonObject(body.toString());
  if (parsed === undefined) return body;
  const { requests } = parsed;
  const renamed = withModel(parsed, resource);
  if (!Array.isArray(requests)) return serialiseBody(renamed);
  const all = requests.map((request: JsonValue) => (isJsonObject(request) ? withModel(request, resource) : request));
  return serialiseBody({ ...renamed, requests: all });
}

function withModel(request: JsonObject, resource: string): JsonObject {
  return request['model'] === undefined ? request : { ...request, model: resource };
}

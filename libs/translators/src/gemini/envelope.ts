import { invalidRequest, type Envelope, type WireCall } from '@sluice/translator-kit';
import { readModelPath, writeModelPath, type ModelPath } from './model-path.js';

/** The methods that generate, and whether they stream. */
const STREAMS: ReadonlyMap<string, boolean> = new Map([
  ['generateContent', false],
  ['streamGenerateContent', true],
]);

/** Model and stream flag stand in the path; the body is never looked at. A stream always reports its usage. */
export const envelope: Envelope = {
  read(call) {
    const { model, method } = pathOf(call);
    return { model, stream: STREAMS.get(method) === true };
  },

  withModel(call, model) {
    const path = pathOf(call);
    return path.model === model ? call : { ...call, path: writeModelPath({ ...path, model }) };
  },
};

function pathOf({ path }: WireCall): ModelPath {
  const found = readModelPath(path);
  if (found === undefined || found.model.trim() === '') {
    throw invalidRequest('The path must name a model, as in /v1beta/models/gemini-2.5-flash:generateContent.', 'model');
  }
  if (!STREAMS.has(found.method)) {
    throw invalidRequest(
      `The method must be generateContent or streamGenerateContent, but it is ${found.method}.`,
      'model',
    );
  }
  return found;
}

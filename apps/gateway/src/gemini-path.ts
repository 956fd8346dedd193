/** What a path of Gemini's says: `/v1beta/models/{model}:{method}`, also under `/v1` and for tuned models. */
export interface GeminiPath {
  readonly model: string;
  readonly method: string;
  /** The path for another model. */
  withModel(model: string): string;
}

const MODEL_PATH = /^(\/v1(?:beta)?)\/(models|tunedModels)\/(.+):([A-Za-z]+)$/;
const TUNED = 'tunedModels/';

/**
 * Undefined for a path of another shape.
 * @see https://ai.google.dev/api/generate-content
 */
export function readGeminiPath(path: string): GeminiPath | undefined {
  const [, version, collection, encoded, method] = MODEL_PATH.exec(path) ?? [];
  if (version === undefined || encoded === undefined || method === undefined) return undefined;
  const name = decoded(encoded);
  return {
    model: collection === 'models' ? name : TUNED + name,
    method,
    withModel: (model) => {
      const resource = model.startsWith(TUNED) ? model : `models/${model}`;
      return `${version}/${resource.split('/').map(encodeURIComponent).join('/')}:${method}`;
    },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % belongs to the name
  }
}

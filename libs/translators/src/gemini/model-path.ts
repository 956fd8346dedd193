/** The version of the API that knows everything this gateway says. */
export const VERSION = '/v1beta';

/** What a path of the Gemini API names. */
export interface ModelPath {
  /** `/v1beta`, `/v1`. */
  readonly version: string;
  /** The model without `models/`; a tuned one keeps its `tunedModels/`. */
  readonly model: string;
  /** `generateContent`, `countTokens` … */
  readonly method: string;
}

const MODEL_PATH = /^(\/v\d+[a-z0-9]*)\/(models|tunedModels)\/(.+):([A-Za-z]+)$/;
const TUNED = 'tunedModels/';
const PLAIN = 'models/';

/**
 * Reads `/v1beta/models/{model}:{method}`. The model may hold slashes and percent-encoded characters.
 * @returns undefined for a path of another shape
 * @see https://ai.google.dev/api/generate-content
 */
export function readModelPath(path: string): ModelPath | undefined {
  const [, version, collection, encoded, method] = MODEL_PATH.exec(path) ?? [];
  if (version === undefined || encoded === undefined || method === undefined) return undefined;
  const name = decoded(encoded);
  return { version, model: collection === 'tunedModels' ? TUNED + name : name, method };
}

/** A model as bodies name it. */
export function resourceOf(model: string): string {
  return model.startsWith(TUNED) || model.startsWith(PLAIN) ? model : PLAIN + model;
}

/** The path that names a model. Slashes of a name stay slashes; every other special character is encoded. */
export function writeModelPath({ version, model, method }: ModelPath): string {
  return `${version}/${resourceOf(model).split('/').map(encodeURIComponent).join('/')}:${method}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % belongs to the name
  }
}

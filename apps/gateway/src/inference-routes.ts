import type { FormatId } from '@sluice/core';

/** A path at which clients of one format ask for an answer. */
export interface InferenceRoute {
  /** Without its leading slash, as the framework writes it. */
  readonly path: string;
  readonly format: FormatId;
  readonly description: string;
}

/** Every path that belongs to one format alone. Gemini's name their model and are read in `gemini-path.ts`. */
export const INFERENCE_ROUTES: readonly InferenceRoute[] = [
  { path: 'v1/chat/completions', format: 'openai-chat', description: 'OpenAI Chat Completions' },
  { path: 'v1/responses', format: 'openai-responses', description: 'OpenAI Responses' },
  { path: 'v1/messages', format: 'anthropic-messages', description: 'Anthropic Messages' },
  { path: 'v1/embeddings', format: 'openai-embeddings', description: 'OpenAI Embeddings' },
  { path: 'v1/completions', format: 'openai-completions', description: 'OpenAI Completions (legacy)' },
];

const FORMATS: ReadonlyMap<string, FormatId> = new Map(
  INFERENCE_ROUTES.map(({ path, format }) => [`/${path}`, format]),
);

/** Undefined when no format has the path for itself. */
export function formatOfRoute(path: string): FormatId | undefined {
  return FORMATS.get(path.toLowerCase().replace(/\/$/, ''));
}

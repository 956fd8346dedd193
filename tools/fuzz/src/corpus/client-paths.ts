import type { FormatId } from '@sluice/core';

/** Paths that carry the model, good and bad ones. */
const PATHS: ReadonlyMap<FormatId, readonly string[]> = new Map([
  ['openai-chat', ['/v1/chat/completions']],
  ['openai-responses', ['/v1/responses']],
  ['anthropic-messages', ['/v1/messages']],
  [
    'gemini',
    [
      '/v1beta/models/gemini-2.5-pro:streamGenerateContent',
      '/v1beta/models/gemini-2.5-pro:generateContent',
      '/v1beta/models/a%2Fb:generateContent',
      '/v1beta/models/%E0%A4%A:generateContent',
      '/v1beta/models/:generateContent',
    ],
  ],
  ['gemini-embedding', ['/v1beta/models/gemini-embedding-001:embedContent']],
  ['gemini-embeddings', ['/v1beta/models/gemini-embedding-001:batchEmbedContents']],
]);

/** Where clients of the format send their requests; one path is enough for formats whose path says nothing. */
export function clientPaths(format: FormatId): readonly string[] {
  return PATHS.get(format) ?? ['/v1'];
}

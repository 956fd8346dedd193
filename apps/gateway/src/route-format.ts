import type { FormatId, WireHeaders } from '@sluice/core';
import type { ApiFamily } from '@sluice/provider-kit';
import { readGeminiPath } from './gemini-path.js';
import { formatOfRoute } from './inference-routes.js';

/** Methods of Google's that have a format of their own. */
const GEMINI_FORMATS: ReadonlyMap<string, FormatId> = new Map([
  ['embedContent', 'gemini-embedding'],
  ['batchEmbedContents', 'gemini-embeddings'],
]);
const GEMINI_EMBEDDINGS: ReadonlySet<FormatId> = new Set(GEMINI_FORMATS.values());

/** Paths that both OpenAI and Anthropic have: there the client's headers tell. */
const SHARED_FILES = /^\/v1\/files(?:\/|$)/;

/** Anthropic's messages with another way of answering. */
const COLLECTED = /^\/cc\/v1\//i;

/**
 * Whose words a client speaks: they decide the words of an error, also where no route exists, and who is asked for a path
 * that is no format's own. OpenAI's where nothing tells.
 */
export function formatOfRequest(path: string, headers: WireHeaders): FormatId {
  const known = formatOfRoute(path);
  if (known !== undefined) return known;
  const geminiMethod = readGeminiPath(path)?.method;
  if (geminiMethod !== undefined) return GEMINI_FORMATS.get(geminiMethod) ?? 'gemini';
  if (path === '/v1beta' || path.startsWith('/v1beta/')) return 'gemini';
  if (COLLECTED.test(path) || path.startsWith('/v1/messages/') || headers['anthropic-version'] !== undefined)
    return 'anthropic-messages';
  if (SHARED_FILES.test(path) && headers['anthropic-beta'] !== undefined) return 'anthropic-messages';
  return path.startsWith('/v1/responses/') ? 'openai-responses' : 'openai-chat';
}

/** Whose API has the paths that clients of a format ask for. */
export function apiOfFormat(format: FormatId): ApiFamily {
  if (format === 'gemini' || GEMINI_EMBEDDINGS.has(format)) return 'gemini';
  return format === 'anthropic-messages' ? 'anthropic' : 'openai';
}

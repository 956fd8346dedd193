import type { FormatId } from '@sluice/core';

/** Which client format speaks on a path: it decides the words of an error, also where no route exists. */
export function formatOfPath(path: string): FormatId {
  return path === '/v1/messages' || path.startsWith('/v1/messages/') ? 'anthropic-messages' : 'openai-chat';
}

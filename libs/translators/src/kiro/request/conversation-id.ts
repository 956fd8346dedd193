import { isJsonObject, type CanonicalRequest } from '@sluice/core';
import { parseJsonObject, textMember, type TranslationContext } from '@sluice/translator-kit';
import { deriveUuid, isUuid } from './derive-uuid.js';

/** Agents write `user_…_account_…_session_<uuid>`. */
const SESSION = /session_(.{36})/;

/**
 * The id under which the vendor caches a conversation. The client's session where it names one: the member `session_id` of
 * a JSON end-user id, the UUID behind `session_` in a plain one, or a prompt-cache key that is a UUID. Else derived from the
 * request id, new for every request.
 */
export function conversationId(request: CanonicalRequest, context: TranslationContext): string {
  const found = sessionIn(request.endUser ?? '') ?? promptCacheKey(request);
  return found ?? deriveUuid(context.requestId, 'conversation');
}

function sessionIn(endUser: string): string | undefined {
  const session = textMember(parseJsonObject(endUser), 'session_id') ?? SESSION.exec(endUser)?.[1];
  return session !== undefined && isUuid(session) ? session : undefined;
}

/** OpenAI's formats have one; whichever format the request came in keeps it in its bag. */
function promptCacheKey({ extensions = {} }: CanonicalRequest): string | undefined {
  for (const bag of Object.values(extensions)) {
    const key = isJsonObject(bag) ? textMember(bag, 'prompt_cache_key') : undefined;
    if (key !== undefined && isUuid(key)) return key;
  }
  return undefined;
}

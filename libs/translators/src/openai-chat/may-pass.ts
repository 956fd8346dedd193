import type { TranslationContext } from '@sluice/translator-kit';
import { readDialect } from './dialect.js';
import { mayHoldGeminiProof } from './thought-signature.js';

/** What OpenAI's reasoning models refuse, and many clients say to every model. */
const OLD_LIMIT = Buffer.from('"max_tokens"');

/**
 * Whether a vendor takes the request as it is and the client its answer. Clients read the first choice alone; a proof of Google's is
 * for Google's models; a model that wants `max_completion_tokens` refuses the older name. Hot path: bytes are searched.
 */
export function mayPass(
  body: Buffer,
  { dialect: settings, upstreamModel }: Pick<TranslationContext, 'dialect' | 'upstreamModel'>,
): boolean {
  const dialect = readDialect(settings, upstreamModel);
  if (dialect.splitsChoices) return false;
  if (!dialect.takesGeminiProofs && mayHoldGeminiProof(body)) return false;
  return !dialect.refusesMaxTokens || !body.includes(OLD_LIMIT);
}

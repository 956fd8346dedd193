import type { Usage } from '@sluice/core';
import { completeUsage, guessBodyTokens } from '@sluice/usage';
import type { Exchange } from './exchange.js';

/**
 * What an exchange is recorded to have consumed: the vendor's word. Where an answer had begun and the vendor said nothing, or
 * had not come to its last word when the stream broke or the client left, the rest is our estimate, made from lengths.
 * Undefined = no vendor has answered.
 */
export function settledUsage(exchange: Exchange): Usage | undefined {
  const { usage, isAnswering, ending, call, unreportedChars } = exchange;
  if (!isAnswering || ending === 'failed' || call === undefined) return usage;
  return completeUsage(usage, { inputTokens: () => guessBodyTokens(call.body), unreportedChars });
}

import type { CanonicalRequest, Usage } from '@sluice/core';
import { countRequestTokens, measureRequest } from '../count-tokens.js';
import type { UsageTally } from './usage-tally.js';

/** Longer prompts are not counted: it would hold up every other answer. */
export const MAX_COUNTED_CHARS = 2_000_000;

const STRICT = { strict: true } as const;

/**
 * Tokens of an answer of which the vendor said none, counted here: it sends how full the context is at the end of healthy
 * answers only, and cut ones are paid for, too. Credits that it did tell are kept.
 */
export function estimateUsage(request: CanonicalRequest, tally: UsageTally): Usage {
  const { credits } = tally;
  return {
    ...(measureRequest(request, STRICT) > MAX_COUNTED_CHARS ? {} : { input: countRequestTokens(request, STRICT) }),
    output: tally.estimate.tokens,
    source: credits === undefined ? 'estimated' : 'mixed',
    ...(credits === undefined ? {} : { credits, raw: { credits } }),
  };
}

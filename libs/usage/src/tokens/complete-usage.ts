import type { Usage } from '@sluice/core';
import { tokensOfChars } from './token-counter.js';

/** What is known of an answer besides what its vendor says of it. */
export interface Observed {
  /** Asked only where the vendor says nothing of the input. */
  readonly inputTokens: () => number;
  /** Characters of content that came behind the vendor's latest word on usage; undefined = nobody counted. */
  readonly unreportedChars: number | undefined;
}

/**
 * The usage of an answer whose vendor was silent, or could not come to its final word: what it said, with our estimate of the
 * rest. The same object where the vendor has said everything.
 */
export function completeUsage(reported: Usage | undefined, { inputTokens, unreportedChars }: Observed): Usage {
  const known = reported ?? NOTHING;
  const more = unreportedChars === undefined ? undefined : tokensOfChars(unreportedChars);
  const isWhole = known.input !== undefined && (known.output === undefined ? more === undefined : !more);
  if (isWhole) return known;
  return {
    ...known,
    input: known.input ?? inputTokens(),
    ...(more !== undefined && { output: (known.output ?? 0) + more }),
    source: reported === undefined || reported.source === 'estimated' ? 'estimated' : 'mixed',
  };
}

const NOTHING: Usage = { source: 'estimated' };

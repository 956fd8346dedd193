import type { CanonicalRequest } from '@sluice/core';
import { countableInput } from './countable-input.js';
import type { TokenCounter } from './token-counter.js';

/** Claude's own vocabulary gives more tokens than the one that we count with. */
const CLAUDE_FACTOR = 1.15;
/** What Claude is told about tools besides their declarations. */
const CLAUDE_TOOLS_TOKENS = 346;
const CLAUDE = /claude/i;

/** Estimates what a vendor that says nothing would have counted. */
export class TokenEstimate {
  constructor(private readonly counter: TokenCounter) {}

  /** @param model the vendor's id; decides by whose habits */
  async input(request: CanonicalRequest, model: string): Promise<number> {
    const { texts, fixedTokens } = countableInput(request);
    const tokens = fixedTokens + (await this.counter.count(texts));
    if (!CLAUDE.test(model)) return tokens;
    return Math.ceil(tokens * CLAUDE_FACTOR) + (request.tools.length > 0 ? CLAUDE_TOOLS_TOKENS : 0);
  }
}

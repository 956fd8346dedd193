/** Counts tokens of texts as a model family would. A port: the default runs a tokenizer of its own. */
export abstract class TokenCounter {
  /** The tokens of all texts together. Never rejects: where nothing can count, it is a guess by length. */
  abstract count(texts: readonly string[]): Promise<number>;
}

/** How many characters a token has in common prose. */
const CHARS_PER_TOKEN = 4;

/** Good enough where nothing better is at hand. */
export function guessTokens(texts: readonly string[]): number {
  return tokensOfChars(texts.reduce((sum, text) => sum + text.length, 0));
}

/** The same where only the length is known. */
export function tokensOfChars(chars: number): number {
  return Math.ceil(chars / CHARS_PER_TOKEN);
}

import type { CountPiece } from './count-pieces.js';

/** Whatever stands in a prompt is text: markers of a vendor's own are not special in it. */
const NOTHING_SPECIAL = { disallowedSpecial: new Set<string>() };

/** Loads the vocabulary `o200k_base`: about 200 ms and 70 MB, so on first use only. */
export async function loadTokenizer(): Promise<CountPiece> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  return (piece) => countTokens(piece, NOTHING_SPECIAL);
}

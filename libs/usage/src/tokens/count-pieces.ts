import { cutRuns } from './cut-runs.js';

/** Of more text only the beginning is counted, and the rest is taken to be like it. In characters, over all texts. */
export const MAX_COUNTED_CHARS = 4_000_000;

/** Counts the tokens of one piece. */
export type CountPiece = (piece: string) => number;

/** The tokens of all texts, in bounded time for any text. Synchronous: for a thread of its own. */
export function countPieces(texts: readonly string[], countPiece: CountPiece): number {
  let tokens = 0;
  let chars = 0;
  let left = MAX_COUNTED_CHARS;
  for (const text of texts) {
    chars += text.length;
    const counted = text.length <= left ? text : text.slice(0, left);
    left -= counted.length;
    for (const piece of cutRuns(counted)) tokens += countPiece(piece);
  }
  return chars <= MAX_COUNTED_CHARS ? tokens : Math.ceil((tokens * chars) / MAX_COUNTED_CHARS);
}

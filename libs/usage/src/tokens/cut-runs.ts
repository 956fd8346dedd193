/**
 * A run of characters without a boundary is cut after so many: merging one long piece takes time that grows with the square
 * of its length (16,384 times "a": 160 ms; the same in pieces: 1 ms). Each cut may add a token or two.
 */
export const MAX_RUN_CHARS = 128;

const LONG_RUNS = new RegExp(`(\\S{${MAX_RUN_CHARS + 1},}|\\s{${MAX_RUN_CHARS + 1},})`);

/** The text in pieces of which none holds a longer run; together they are the text. What stands between long runs stays whole. */
export function cutRuns(text: string): readonly string[] {
  // split by a group: pieces between the runs at even places, the runs at odd ones
  const parts = text.split(LONG_RUNS);
  return parts.length === 1 ? parts : parts.flatMap((part, index) => (index % 2 === 0 ? part : cut(part)));
}

function cut(run: string): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < run.length; at += MAX_RUN_CHARS) pieces.push(run.slice(at, at + MAX_RUN_CHARS));
  return pieces;
}

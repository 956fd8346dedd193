import type { Random } from '../random.js';

const MAX_CUTS = 12;

/** Where bytes are cut: seldom at every byte, often in a few places. */
export function randomCuts(bytes: Buffer, random: Random): readonly number[] {
  if (random.oneIn(40)) return Array.from({ length: Math.max(bytes.length - 1, 0) }, () => 1);
  const longest = Math.max(2, Math.ceil((2 * bytes.length) / MAX_CUTS));
  return Array.from({ length: random.below(MAX_CUTS) }, () => 1 + random.below(longest));
}

/** The pieces. Copies, so that nobody can look beyond one. */
export function cutInto(bytes: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const length of cuts) {
    if (at >= bytes.length) break;
    pieces.push(Buffer.from(bytes.subarray(at, at + length)));
    at += length;
  }
  if (at < bytes.length) pieces.push(Buffer.from(bytes.subarray(at)));
  return pieces;
}

import type { FuzzInput } from '../cells/cell.js';

/** Runs of a check that making one input smaller may cost. */
export const MAX_RUNS = 1000;

/**
 * A smaller input that shows the same. Cuts go first of all, then whole units of the format, then stretches of bytes (halves,
 * quarters …, single ones).
 * @param shows whether an input still shows it
 * @param unitsOf cuts an input into units that can be left out
 */
export function minimise(
  input: FuzzInput,
  shows: (input: FuzzInput) => boolean,
  unitsOf: (bytes: Buffer) => readonly Buffer[] = (bytes) => [bytes],
): FuzzInput {
  let runs = 0;
  const tries = (smaller: FuzzInput): boolean => runs++ < MAX_RUNS && shows(smaller);
  const uncut = { ...input, cuts: [] };
  let best = tries(uncut) ? uncut : input;
  const units = [...unitsOf(best.bytes)];
  for (let at = units.length - 1; at >= 0; at -= 1) {
    const smaller = { ...best, bytes: Buffer.concat(units.toSpliced(at, 1)) };
    if (!tries(smaller)) continue;
    best = smaller;
    units.splice(at, 1);
  }
  for (let size = best.bytes.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < best.bytes.length && runs < MAX_RUNS;) {
      const smaller = { ...best, bytes: without(best.bytes, at, size) };
      if (tries(smaller)) best = smaller;
      else at += size;
    }
  }
  return best;
}

function without(bytes: Buffer, at: number, size: number): Buffer {
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
}

const UINT32_RANGE = 2 ** 32;

/** A source of numbers in [0, 1). */
export type RandomSource = () => number;

/**
 * A small generator (mulberry32): the same seed gives the same numbers on every machine, so a failing case can be run again.
 * Not for secrets.
 * @param seed any integer; only its low 32 bits count
 */
export function seededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32_RANGE;
  };
}

const UINT32_RANGE = 2 ** 32;
/** Odd, and near the golden ratio of 32 bits, so that neighbouring iterations begin far apart. */
const ITERATION_STEP = 0x9e3779b1;

/** A reproducible source of choices (mulberry32). An iteration's choices depend on the seed and its number, not on those before it. */
export class Random {
  #state: number;

  constructor(seed: number, iteration = 0) {
    this.#state = (seed ^ Math.imul(iteration + 1, ITERATION_STEP)) >>> 0;
  }

  /** A whole number from 0 to `limit` - 1; 0 when the limit is smaller than 1. */
  below(limit: number): number {
    return Math.floor(this.#next() * Math.max(limit, 1));
  }

  /** True once in `every` cases. */
  oneIn(every: number): boolean {
    return this.below(every) === 0;
  }

  /** @throws RangeError when there is nothing to choose from */
  pick<T>(choices: readonly T[]): T {
    const index = this.below(choices.length);
    if (index >= choices.length) throw new RangeError('nothing to choose from');
    return choices[index] as T; // the index is inside
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32_RANGE;
  }
}

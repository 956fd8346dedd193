import type { Target } from './route.js';

/** The fractions of its multiples are spread more evenly over 0 to 1 than those of any other number. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** Splits requests between targets by weight. The others stand in for the first one, in their order. */
export class TargetSplit {
  /** Where each target's share ends, on a line from 0 to 1. */
  readonly #ends: readonly number[];
  /** One list for each target that comes first: whoever remembers something by target finds it again. */
  readonly #orders: readonly (readonly Target[])[];
  #draws = 0;

  /** @param weights one for each target; their sum is above zero */
  constructor(targets: readonly Target[], weights: readonly number[]) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let end = 0;
    this.#ends = weights.map((weight) => (end += weight) / total);
    this.#orders = targets.map((first) => [first, ...targets.filter((target) => target !== first)]);
  }

  /** The targets for the next request: every run of requests, also a short one, is split as the weights say. */
  next(): readonly Target[] {
    this.#draws += 1;
    return this.at((this.#draws * GOLDEN_RATIO) % 1);
  }

  /** The targets for a conversation: the same ones for all its requests. @param session what tells it apart */
  forSession(session: string): readonly Target[] {
    return this.at(fractionOf(session));
  }

  /** @param draw from 0 to below 1 */
  at(draw: number): readonly Target[] {
    const at = this.#ends.findIndex((end) => draw < end);
    return this.#orders[at < 0 ? this.#orders.length - 1 : at] ?? [];
  }
}

/** A text as a number from 0 to below 1: FNV-1a, with a last stir so that texts with the same beginning spread. */
function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

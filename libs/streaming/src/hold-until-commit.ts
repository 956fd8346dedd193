import type { Emit, StreamTransformer } from './stream-transformer.js';

/** Items held back before the first one that commits (design: commit). */
export const MAX_HELD_ITEMS = 16;

export interface HoldUntilCommitOptions<T> {
  /** Whether the item carries content or ends the answer. Not asked again after its first yes. */
  readonly isCommit: (item: T) => boolean;
  /** Default `MAX_HELD_ITEMS`. One more releases them all. */
  readonly maxHeldItems?: number;
}

/**
 * Keeps the opening of an answer back until it is worth committing to, so that another attempt stays possible; then lets
 * everything through. `finish` emits nothing that is held: the driver sees `hasCommitted` and decides (`release`). The size
 * of an item is bounded by the stage that made it.
 */
export class HoldUntilCommit<T> implements StreamTransformer<T, T> {
  readonly #isCommit: (item: T) => boolean;
  readonly #maxHeldItems: number;
  #held: T[] = [];
  #hasCommitted = false;

  constructor(options: HoldUntilCommitOptions<T>) {
    this.#isCommit = options.isCommit;
    this.#maxHeldItems = options.maxHeldItems ?? MAX_HELD_ITEMS;
  }

  get hasCommitted(): boolean {
    return this.#hasCommitted;
  }

  push(item: T, emit: Emit<T>): void {
    if (this.#hasCommitted) {
      emit(item);
      return;
    }
    this.#held.push(item);
    if (this.#held.length > this.#maxHeldItems || this.#isCommit(item)) this.release(emit);
  }

  finish(): void {}

  /** Lets go of what is held, in order, and of everything after it. */
  release(emit: Emit<T>): void {
    this.#hasCommitted = true;
    const held = this.#held;
    this.#held = [];
    for (const item of held) emit(item);
  }
}

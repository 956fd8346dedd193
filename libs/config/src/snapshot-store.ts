import type { RuntimeSnapshot } from './runtime-snapshot.js';

/** Holds the one current snapshot and tells who wants to know when it is replaced. */
export class SnapshotStore {
  #current: RuntimeSnapshot;
  readonly #listeners = new Set<(snapshot: RuntimeSnapshot) => void>();

  constructor(initial: RuntimeSnapshot) {
    this.#current = initial;
  }

  get current(): RuntimeSnapshot {
    return this.#current;
  }

  /** Swaps the snapshot as a whole. Requests that hold the old one keep it. */
  replace(next: RuntimeSnapshot): void {
    this.#current = next;
    for (const listener of this.#listeners) listener(next);
  }

  /** Calls the listener after every replacement; the returned function ends that. */
  onReplace(listener: (snapshot: RuntimeSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/**
 * The ids of one answer's tool calls, each given once: clients match results to calls by them, and some vendors repeat one.
 * The second call with an id gets `_2` behind it, the third `_3`; the same answer gives the same ids.
 */
export class UniqueIds {
  readonly #given = new Set<string>();
  /** How often each repeated id was asked for, so that many copies cost no search from the start. */
  readonly #copies = new Map<string, number>();

  /** How many ids were given. */
  get count(): number {
    return this.#given.size;
  }

  /** The id itself when it is new, else the next of its copies. */
  take(id: string): string {
    let unique = id;
    let copy = this.#copies.get(id) ?? 1;
    while (this.#given.has(unique)) {
      copy += 1;
      unique = `${id}_${copy}`;
    }
    if (copy > 1) this.#copies.set(id, copy);
    this.#given.add(unique);
    return unique;
  }
}

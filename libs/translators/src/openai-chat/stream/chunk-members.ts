import type { JsonObject, JsonValue } from '@sluice/core';

/** Names that are watched in one stream; further ones are left out. No vendor has a tenth of them. */
const MAX_MEMBERS = 256;

/**
 * The members of chunks, or of their choices, that the canonical model has not. What the stream opens with belongs to its
 * beginning; what comes later or changes belongs to its end, where the last value counts.
 */
export class ChunkMembers {
  readonly #read: ReadonlySet<string>;
  /** Values that have been told, objects as JSON text: some vendors repeat long lists in every chunk. */
  readonly #told = new Map<string, JsonValue | undefined>();
  readonly #news = new Map<string, JsonValue | undefined>();

  /** @param read members that are read elsewhere, or say nothing */
  constructor(read: ReadonlySet<string>) {
    this.#read = read;
  }

  see(node: JsonObject): void {
    for (const name in node) {
      if (this.#read.has(name)) continue;
      const value = node[name];
      const spelled = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
      if (this.#told.get(name) === spelled && this.#told.has(name)) continue;
      if (this.#told.size >= MAX_MEMBERS && !this.#told.has(name)) continue;
      this.#told.set(name, spelled);
      this.#news.set(name, value);
    }
  }

  /** What is new since the last time; undefined when nothing is. */
  take(): JsonObject | undefined {
    if (this.#news.size === 0) return undefined;
    const news = Object.fromEntries(this.#news); // keeps a member called __proto__ a member
    this.#news.clear();
    return news;
  }
}

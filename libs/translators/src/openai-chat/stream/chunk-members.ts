import type { JsonObject, JsonValue } from '@sluice/core';

/** Members of a chunk that are read elsewhere, or say nothing (`obfuscation` is padding). */
const READ: ReadonlySet<string> = new Set([
  'id',
  'object',
  'created',
  'model',
  'choices',
  'usage',
  'error',
  'obfuscation',
]);

/**
 * The members of chunks that the canonical model has not. What the stream opens with belongs to its beginning; what comes
 * later or changes belongs to its end, where the last value counts.
 */
export class ChunkMembers {
  /** Values that have been told, objects as JSON text: some vendors repeat long lists in every chunk. */
  readonly #told = new Map<string, JsonValue | undefined>();
  #news: Record<string, JsonValue | undefined> | undefined;

  see(chunk: JsonObject): void {
    for (const name in chunk) {
      if (READ.has(name)) continue;
      const value = chunk[name];
      const spelled = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
      if (this.#told.get(name) === spelled) continue;
      this.#told.set(name, spelled);
      (this.#news ??= Object.create(null) as Record<string, JsonValue | undefined>)[name] = value; // no prototype: any name may come
    }
  }

  /** What is new since the last time; undefined when nothing is. */
  take(): JsonObject | undefined {
    const news = this.#news;
    this.#news = undefined;
    return news && { ...news };
  }
}

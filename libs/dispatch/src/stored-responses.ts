import type { ResponseStoreSettings } from '@sluice/config';
import type { KeptAnswer } from '@sluice/translator-kit';

interface Entry extends KeptAnswer {
  readonly bytes: number;
  usedAtMs: number;
}

/** Besides its bytes: the keys, the buffers' own heads and the place in the map. */
const ENTRY_OVERHEAD_BYTES = 512;

export type StoreLimits = Omit<ResponseStoreSettings, 'enabled'>;

/**
 * Answers that clients may continue by their id, in the memory of this process. One principal's are never another's. What was
 * not used for longest makes room, and what was not used for its time is forgotten.
 */
export class StoredResponses {
  /** By principal and id; the one that was used last stands last. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  /** How many answers are remembered. */
  get size(): number {
    return this.#entries.size;
  }

  /** What they take, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Undefined = unknown, another principal's, or forgotten. */
  find(principalId: string, id: string, { ttlMs }: StoreLimits, nowMs: number): KeptAnswer | undefined {
    this.#forgetBefore(nowMs - ttlMs);
    const key = keyOf(principalId, id);
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    entry.usedAtMs = nowMs;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  /** @returns false when the answer alone is larger than all may be: nothing is remembered of it */
  keep(principalId: string, answer: KeptAnswer, limits: StoreLimits, nowMs: number): boolean {
    this.#forgetBefore(nowMs - limits.ttlMs);
    const key = keyOf(principalId, answer.id);
    this.#forget(key);
    const bytes = answer.answer.length + answer.items.length + ENTRY_OVERHEAD_BYTES;
    if (bytes > limits.maxBytes) return false;
    this.#entries.set(key, { ...answer, bytes, usedAtMs: nowMs });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= limits.maxEntries && this.#bytes <= limits.maxBytes) break;
      this.#forget(oldest);
    }
    return true;
  }

  /** @returns whether there was such an answer */
  forget(principalId: string, id: string, { ttlMs }: StoreLimits, nowMs: number): boolean {
    this.#forgetBefore(nowMs - ttlMs);
    return this.#forget(keyOf(principalId, id));
  }

  /** Forgets everything: the setting was switched off. */
  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  /** The map stands in the order of use, so that only what is forgotten is looked at. */
  #forgetBefore(timeMs: number): void {
    for (const [key, { usedAtMs }] of this.#entries) {
      if (usedAtMs > timeMs) return;
      this.#forget(key);
    }
  }

  #forget(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#bytes -= entry.bytes;
    return this.#entries.delete(key);
  }
}

/** JSON, so that no id can be spelled to look like another principal's. */
function keyOf(principalId: string, id: string): string {
  return JSON.stringify([principalId, id]);
}

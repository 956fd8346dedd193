import type { Clock } from '@sluice/core';
import type { KeyStore } from './key-store.js';
import type { Principal } from './principal.js';

/** How many known keys are remembered. */
export const MAX_KNOWN_KEYS = 10_000;
/** How many unknown keys are remembered. Apart from the known ones, so that guessing cannot push those out. */
export const MAX_UNKNOWN_KEYS = 10_000;
/** How long a known key is believed without asking again: the longest life of a revoked key. */
export const KNOWN_KEY_TTL_MS = 30_000;
/** How long an unknown key stays unknown: the longest wait until a new key works. */
export const UNKNOWN_KEY_TTL_MS = 5_000;

interface KnownKey {
  readonly principal: Principal;
  readonly untilMs: number;
}

/**
 * A key store with a memory. Known and unknown keys are remembered for a while, the least recently used ones go first,
 * and one question per key is in the air at a time. While the store cannot answer, a key that it once knew stays known.
 */
export class KeyCache {
  readonly #known = new Map<string, KnownKey>();
  readonly #unknown = new Map<string, number>();
  readonly #pending = new Map<string, Promise<Principal | undefined>>();

  constructor(
    private readonly store: KeyStore,
    private readonly clock: Clock,
  ) {}

  /** The owner of a key by its digest; at once when it is remembered or the store answers at once. */
  find(digest: string): Principal | undefined | Promise<Principal | undefined> {
    const nowMs = this.clock.now();
    const known = this.#known.get(digest);
    if (known !== undefined && known.untilMs > nowMs) {
      this.#known.delete(digest);
      this.#known.set(digest, known);
      return known.principal;
    }
    if ((this.#unknown.get(digest) ?? 0) > nowMs) return undefined;
    return this.#pending.get(digest) ?? this.#ask(digest);
  }

  /** Forgets what was remembered of one key, or of all: the keys have changed. An answer under way is not remembered. */
  forget(digest?: string): void {
    for (const memory of [this.#known, this.#unknown, this.#pending]) {
      if (digest === undefined) memory.clear();
      else memory.delete(digest);
    }
  }

  #ask(digest: string): Principal | undefined | Promise<Principal | undefined> {
    const answer = this.store.find(digest);
    if (!(answer instanceof Promise)) return this.#remember(digest, answer);
    const pending: Promise<Principal | undefined> = answer.then(
      (principal) => (this.#endQuestion(digest, pending) ? this.#remember(digest, principal) : principal),
      (error: unknown) => {
        this.#endQuestion(digest, pending);
        return this.#lastKnown(digest, error);
      },
    );
    this.#pending.set(digest, pending);
    return pending;
  }

  /** Whether the question was still wanted: it is not when the key was forgotten meanwhile. */
  #endQuestion(digest: string, question: Promise<Principal | undefined>): boolean {
    return this.#pending.get(digest) === question && this.#pending.delete(digest);
  }

  #remember(digest: string, principal: Principal | undefined): Principal | undefined {
    this.#known.delete(digest);
    this.#unknown.delete(digest);
    const nowMs = this.clock.now();
    if (principal === undefined) {
      this.#unknown.set(digest, nowMs + UNKNOWN_KEY_TTL_MS);
      dropOldest(this.#unknown, MAX_UNKNOWN_KEYS);
    } else {
      this.#known.set(digest, { principal, untilMs: nowMs + KNOWN_KEY_TTL_MS });
      dropOldest(this.#known, MAX_KNOWN_KEYS);
    }
    return principal;
  }

  #lastKnown(digest: string, error: unknown): Principal {
    const known = this.#known.get(digest);
    if (known === undefined) throw error;
    return known.principal;
  }
}

function dropOldest(map: Map<string, unknown>, limit: number): void {
  if (map.size <= limit) return;
  const oldest = map.keys().next();
  if (oldest.done !== true) map.delete(oldest.value);
}

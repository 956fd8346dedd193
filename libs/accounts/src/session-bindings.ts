/** How many conversations are remembered; beyond it the one that was silent longest is forgotten. */
export const MAX_SESSIONS = 20_000;

interface Binding {
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

/** How often a conversation found its account again, and how often it did not. */
export interface SessionStatistics {
  readonly hits: number;
  readonly misses: number;
  /** Misses of conversations whose account could not be used. */
  readonly rebinds: number;
}

/** Which account a conversation is on. In the memory of this process. */
export class SessionBindings {
  readonly #bindings = new Map<string, Binding>();
  #hits = 0;
  #misses = 0;
  #rebinds = 0;

  get size(): number {
    return this.#bindings.size;
  }

  get statistics(): SessionStatistics {
    return { hits: this.#hits, misses: this.#misses, rebinds: this.#rebinds };
  }

  /** The account of a conversation; undefined = it has none, or was silent for too long. */
  find(session: string, nowMs: number): string | undefined {
    const binding = this.#bindings.get(session);
    if (binding === undefined) return undefined;
    if (binding.expiresAtMs > nowMs) return binding.accountId;
    this.#bindings.delete(session);
    return undefined;
  }

  /** The conversation goes on with the account that it had. */
  keep(session: string, accountId: string, expiresAtMs: number): void {
    this.#hits += 1;
    this.#set(session, accountId, expiresAtMs);
  }

  /** The conversation is on this account from now on. */
  bind(session: string, accountId: string, expiresAtMs: number): void {
    this.#misses += 1;
    if (this.#bindings.has(session)) this.#rebinds += 1;
    this.#set(session, accountId, expiresAtMs);
  }

  /** The conversation's call failed there; nothing happens when it has been bound anew meanwhile. */
  unbind(session: string, accountId: string): void {
    if (this.#bindings.get(session)?.accountId === accountId) this.#bindings.delete(session);
  }

  #set(session: string, accountId: string, expiresAtMs: number): void {
    this.#bindings.delete(session);
    if (this.#bindings.size >= MAX_SESSIONS) this.#forgetOldest();
    this.#bindings.set(session, { accountId, expiresAtMs });
  }

  #forgetOldest(): void {
    const oldest = this.#bindings.keys().next();
    if (oldest.done !== true) this.#bindings.delete(oldest.value);
  }
}

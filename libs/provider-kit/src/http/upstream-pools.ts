import { createHash } from 'node:crypto';
import type { Pool } from 'undici';
import type { Transport } from '../account.js';
import { openPool, type PoolOptions } from './open-pool.js';

/** Ways out that are kept open at the same time; the one not used for longest is closed, its running calls finish. */
export const MAX_POOLS = 256;

/** `proxyUrl` that says: no proxy, not even the global one. */
export const DIRECT = 'direct';

interface PoolEntry {
  readonly key: string;
  readonly pool: Pool;
  lastUse: number;
  isOpen: boolean;
}

export interface UpstreamPoolsOptions {
  /** For accounts that name none. */
  readonly proxyUrl?: string;
  readonly maxPools?: number;
}

/**
 * One pool per origin, proxy, TLS identity and connect timeout, so that accounts share connections where they may and a
 * reload that changes nothing keeps them.
 */
export class UpstreamPools {
  readonly #byKey = new Map<string, PoolEntry>();
  /** Declarations are immutable, so a known one skips the making of a key. */
  readonly #byTransport = new WeakMap<Transport, Map<string, PoolEntry>>();
  readonly #closing = new Set<Pool>();
  readonly #proxyUrl: string | undefined;
  readonly #maxPools: number;
  #uses = 0;

  constructor(options: UpstreamPoolsOptions = {}) {
    this.#proxyUrl = options.proxyUrl;
    this.#maxPools = options.maxPools ?? MAX_POOLS;
  }

  /** How many ways out are open. */
  get size(): number {
    return this.#byKey.size;
  }

  /** @throws GatewayError `upstream_unreachable` for an origin or a proxy that makes no sense */
  acquire(origin: string, transport: Transport): Pool {
    let known = this.#byTransport.get(transport);
    let entry = known?.get(origin);
    if (entry === undefined || !entry.isOpen) {
      entry = this.#open(origin, transport);
      if (known === undefined) this.#byTransport.set(transport, (known = new Map()));
      known.set(origin, entry);
    }
    entry.lastUse = this.#uses += 1;
    return entry.pool;
  }

  /** Lets running calls finish. */
  async close(): Promise<void> {
    for (const entry of this.#byKey.values()) this.#retire(entry);
    await Promise.all([...this.#closing].map((pool) => pool.close()));
  }

  /** Breaks running calls off. */
  async destroy(): Promise<void> {
    for (const entry of this.#byKey.values()) this.#retire(entry);
    await Promise.all([...this.#closing].map((pool) => pool.destroy()));
  }

  #open(origin: string, transport: Transport): PoolEntry {
    const options: PoolOptions = {
      origin,
      proxyUrl: this.#proxyOf(transport),
      tls: transport.tls,
      connectMs: transport.timeouts.connectMs,
    };
    const key = keyOf(options);
    const shared = this.#byKey.get(key);
    if (shared !== undefined) return shared;
    const entry: PoolEntry = { key, pool: openPool(options), lastUse: 0, isOpen: true };
    if (this.#byKey.size >= this.#maxPools) this.#retireOldest();
    this.#byKey.set(key, entry);
    return entry;
  }

  #proxyOf({ proxyUrl = this.#proxyUrl }: Transport): string | undefined {
    return proxyUrl === DIRECT || proxyUrl === '' ? undefined : proxyUrl;
  }

  #retireOldest(): void {
    let oldest: PoolEntry | undefined;
    for (const entry of this.#byKey.values()) {
      if (oldest === undefined || entry.lastUse < oldest.lastUse) oldest = entry;
    }
    if (oldest !== undefined) this.#retire(oldest);
  }

  #retire(entry: PoolEntry): void {
    entry.isOpen = false;
    this.#byKey.delete(entry.key);
    this.#closing.add(entry.pool);
    const forget = (): void => void this.#closing.delete(entry.pool);
    entry.pool.close().then(forget, forget); // rejects only if it was destroyed meanwhile
  }
}

/** A digest, because the parts may hold a proxy password and a private key. */
function keyOf({ origin, proxyUrl, tls, connectMs }: PoolOptions): string {
  const { ca, cert, key, rejectUnauthorized, servername } = tls ?? {};
  const parts = JSON.stringify([origin, proxyUrl, connectMs, ca, cert, key, rejectUnauthorized, servername]);
  return createHash('sha256').update(parts).digest('base64');
}

import type { FetchedBody } from '@sluice/provider-kit';

/** A conversation names its images again with every turn. In bytes, of all of them. */
export const MAX_CACHED_MEDIA_BYTES = 33_554_432;
/** An image behind an address may change. */
export const CACHED_MEDIA_TTL_MS = 300_000;

interface Entry {
  readonly body: FetchedBody;
  readonly untilMs: number;
}

/** What was fetched lately, by its address; what was not used for longest makes room. */
export class MediaCache {
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(
    private readonly maxBytes = MAX_CACHED_MEDIA_BYTES,
    private readonly ttlMs = CACHED_MEDIA_TTL_MS,
  ) {}

  find(url: string, nowMs: number): FetchedBody | undefined {
    const entry = this.#entries.get(url);
    if (entry === undefined) return undefined;
    this.#forget(url, entry);
    if (entry.untilMs <= nowMs) return undefined;
    this.#put(url, entry);
    return entry.body;
  }

  /** Nothing is kept that is larger than all may be. */
  keep(url: string, body: FetchedBody, nowMs: number): void {
    const known = this.#entries.get(url);
    if (known !== undefined) this.#forget(url, known);
    if (sizeOf(url, body) > this.maxBytes) return;
    this.#put(url, { body, untilMs: nowMs + this.ttlMs });
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.maxBytes) break;
      this.#forget(oldest, entry);
    }
  }

  #put(url: string, entry: Entry): void {
    this.#entries.set(url, entry);
    this.#bytes += sizeOf(url, entry.body);
  }

  #forget(url: string, { body }: Entry): void {
    this.#entries.delete(url);
    this.#bytes -= sizeOf(url, body);
  }
}

/** An entry of nothing takes room too, so that their number is bounded. */
function sizeOf(url: string, { bytes }: FetchedBody): number {
  return bytes.length + url.length + 512;
}

import type { MockRequest } from './mock-request.js';

/** How many requests are remembered unless told otherwise; the oldest go first. */
export const DEFAULT_LOGGED_REQUESTS = 1_000;

/** Bodies of remembered requests together; the oldest requests go first. The newest is always kept. */
export const MAX_LOGGED_BYTES = 64 * 1024 * 1024;

/** The requests that a mock received, oldest first, within bounds. */
export class RequestLog {
  readonly #entries: MockRequest[] = [];
  #bytes = 0;

  constructor(
    private readonly maxRequests: number,
    private readonly maxBytes: number = MAX_LOGGED_BYTES,
  ) {}

  get entries(): readonly MockRequest[] {
    return this.#entries;
  }

  add(request: MockRequest): void {
    if (this.maxRequests === 0) return;
    this.#entries.push(request);
    this.#bytes += request.body.length;
    while (this.#entries.length > this.maxRequests || (this.#bytes > this.maxBytes && this.#entries.length > 1)) {
      this.#bytes -= this.#entries.shift()?.body.length ?? 0;
    }
  }

  clear(): void {
    this.#entries.length = 0;
    this.#bytes = 0;
  }
}

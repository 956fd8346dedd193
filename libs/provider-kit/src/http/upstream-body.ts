import type { PushSource, SourceListener } from '@sluice/streaming';

/** Bytes kept for a listener that has not come yet; above it the socket is told to wait. One more socket read may still arrive. */
export const MAX_EARLY_BYTES = 64 * 1024;

/** The connection under a body. */
export interface BodyFlow {
  pause(): void;
  resume(): void;
  /** Drops the connection. Nothing is pushed afterwards. */
  abort(): void;
}

/**
 * The body of a vendor's answer as it comes off the socket. The head and the first bytes usually share one packet, so what
 * arrives before `start` is kept (at most {@link MAX_EARLY_BYTES} and one read) instead of stopping the parser each time.
 */
export class UpstreamBody implements PushSource<Buffer> {
  readonly #flow: BodyFlow;
  #listener: SourceListener<Buffer> | undefined;
  /** Undefined once the listener has been given everything that came before it. */
  #early: Buffer[] | undefined = [];
  #earlyBytes = 0;
  #isPaused = false;
  #isClosed = false;
  #outcome: { readonly error?: unknown } | undefined;

  constructor(flow: BodyFlow) {
    this.#flow = flow;
  }

  /** Producer's side: a piece of the body. */
  push(chunk: Buffer): void {
    if (this.#early === undefined) {
      this.#listener?.onData(chunk);
      return;
    }
    if (this.#isClosed) return;
    this.#early.push(chunk);
    this.#earlyBytes += chunk.length;
    if (this.#earlyBytes > MAX_EARLY_BYTES) this.#flow.pause();
  }

  /** Producer's side: the body is complete. */
  end(): void {
    this.#conclude({});
  }

  /** Producer's side: the body broke off. */
  fail(error: unknown): void {
    this.#conclude({ error });
  }

  start(listener: SourceListener<Buffer>): void {
    if (this.#listener !== undefined) throw new Error('a body is read once');
    if (this.#isClosed) return;
    this.#listener = listener;
    // pushes made by the listener's own `resume` go to the end of this list, so the order holds
    const early = this.#early ?? [];
    for (let index = 0; index < early.length && !this.#isClosed; index += 1) {
      const chunk = early[index];
      if (chunk !== undefined) listener.onData(chunk);
    }
    this.#early = undefined;
    if (this.#isClosed) return;
    if (this.#outcome !== undefined) this.#conclude(this.#outcome);
    else if (this.#earlyBytes > MAX_EARLY_BYTES && !this.#isPaused) this.#flow.resume();
  }

  pause(): void {
    if (this.#isClosed) return;
    this.#isPaused = true;
    this.#flow.pause();
  }

  resume(): void {
    if (this.#isClosed) return;
    this.#isPaused = false;
    this.#flow.resume();
  }

  cancel(): void {
    if (this.#isClosed) return;
    this.#close();
    if (this.#outcome === undefined) this.#flow.abort();
  }

  /** The first outcome counts; it waits for the listener. */
  #conclude(outcome: { readonly error?: unknown }): void {
    if (this.#isClosed) return;
    this.#outcome ??= outcome;
    if (this.#early !== undefined) return;
    const listener = this.#listener;
    this.#close();
    if ('error' in this.#outcome) listener?.onError(this.#outcome.error);
    else listener?.onEnd();
  }

  #close(): void {
    this.#isClosed = true;
    this.#listener = undefined;
    if (this.#early !== undefined) this.#early.length = 0;
  }
}

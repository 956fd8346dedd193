import type { PushSource, SourceListener } from './push-source.js';

/** What may wait in a source before its producer is paused: a few network reads. */
export const MAX_BUFFERED_BYTES = 256 * 1024;

export interface ChunkSourceOptions {
  /** Default `MAX_BUFFERED_BYTES`. Soft: what the producer had on its way is still taken. */
  readonly maxBufferedBytes?: number;
}

type Ending = { readonly type: 'end' } | { readonly type: 'error'; readonly error: unknown };

/**
 * A push source for a producer that begins on its own (an HTTP client). Chunks that come before `start` or during a pause
 * wait here in order; the hooks `onPause`, `onResume` and `onCancel` reach the producer. An end or a failure keeps its place
 * behind the chunks.
 */
export class ChunkSource<T> implements PushSource<T> {
  readonly #maxBufferedBytes: number;
  #listener: SourceListener<T> | undefined;
  #waiting: T[] = [];
  #waitingBytes = 0;
  #ending: Ending | undefined;
  #isPaused = false;
  #isProducerPaused = false;
  #isFlushing = false;
  #isDone = false;

  constructor(options: ChunkSourceOptions = {}) {
    this.#maxBufferedBytes = options.maxBufferedBytes ?? MAX_BUFFERED_BYTES;
  }

  /** For the producer: one chunk. Ignored after the end. */
  deliver(chunk: T): void {
    if (this.#isDone || this.#ending !== undefined) return;
    if (this.#listener !== undefined && !this.#isPaused && !this.#isFlushing) {
      this.#listener.onData(chunk);
      return;
    }
    this.#waiting.push(chunk);
    this.#waitingBytes += this.sizeOf(chunk);
    if (this.#waitingBytes > this.#maxBufferedBytes) this.#pauseProducer();
  }

  /** For the producer: there is no more. */
  finish(): void {
    this.#close({ type: 'end' });
  }

  /** For the producer: it broke. */
  fail(error: unknown): void {
    this.#close({ type: 'error', error });
  }

  /** @throws Error when it was started before */
  start(listener: SourceListener<T>): void {
    if (this.#listener !== undefined) throw new Error('a push source is started at most once');
    this.#listener = listener;
    this.#flush();
  }

  pause(): void {
    if (this.#isDone) return;
    this.#isPaused = true;
    this.#pauseProducer();
  }

  resume(): void {
    if (this.#isDone) return;
    this.#isPaused = false;
    this.#flush();
  }

  cancel(reason?: unknown): void {
    if (this.#isDone) return;
    const isProducing = this.#ending === undefined;
    this.#stop();
    if (isProducing) this.onCancel?.(reason);
  }

  /** Hook: deliver nothing until `onResume`. Not called twice in a row. */
  protected onPause?(): void;

  /** Hook: deliver again. */
  protected onResume?(): void;

  /** Hook: nobody wants the rest; called at most once, and not after the producer has ended. */
  protected onCancel?(reason: unknown): void;

  /** What a chunk counts against `maxBufferedBytes`. Default: the length of bytes and text, 1 for anything else. */
  protected sizeOf(chunk: T): number {
    return chunk instanceof Uint8Array || typeof chunk === 'string' ? chunk.length : 1;
  }

  #close(ending: Ending): void {
    if (this.#isDone || this.#ending !== undefined) return;
    this.#ending = ending;
    if (!this.#isFlushing && this.#waiting.length === 0) this.#tellEnding();
  }

  /** Hands over what waits, as long as the listener wants it; then the producer may go on. */
  #flush(): void {
    if (this.#isFlushing || this.#isPaused || this.#listener === undefined) return;
    this.#isFlushing = true;
    let taken = 0;
    while (!this.#isDone && !this.#isPaused && taken < this.#waiting.length) {
      const chunk = this.#waiting[taken] as T; // its length was just checked
      taken += 1;
      this.#waitingBytes -= this.sizeOf(chunk);
      this.#listener.onData(chunk);
    }
    this.#waiting = this.#isDone ? [] : this.#waiting.slice(taken);
    this.#isFlushing = false;
    if (this.#isDone || this.#isPaused) return;
    if (this.#ending !== undefined) {
      this.#tellEnding();
    } else if (this.#isProducerPaused) {
      this.#isProducerPaused = false;
      this.onResume?.();
    }
  }

  #tellEnding(): void {
    const listener = this.#listener;
    const ending = this.#ending;
    if (listener === undefined || ending === undefined) return;
    this.#stop();
    if (ending.type === 'end') listener.onEnd();
    else listener.onError(ending.error);
  }

  #pauseProducer(): void {
    if (this.#isProducerPaused || this.#ending !== undefined) return;
    this.#isProducerPaused = true;
    this.onPause?.();
  }

  #stop(): void {
    this.#isDone = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}

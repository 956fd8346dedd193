import type { PushSource, SourceListener } from './push-source.js';
import type { Sink } from './sink.js';
import type { StreamTransformer } from './stream-transformer.js';

export interface PumpOptions<In, Out> {
  readonly source: PushSource<In>;
  readonly transformer: StreamTransformer<In, Out>;
  readonly sink: Sink<Out>;
  /** The source ended and everything was written. The sink is still open. */
  readonly onEnd: () => void;
  /** The source broke (what `transformer.fail` made of it has been written), or the transformer threw. The sink is still open. */
  readonly onError: (error: unknown) => void;
}

export interface PumpHandle {
  /** Cancels the source. Nothing is written or called afterwards. */
  cancel(reason?: unknown): void;
}

/**
 * Drives one stream from its source through a transformer into a sink, with callbacks only: no promise per chunk. When the
 * sink is full the source is paused until the sink has drained. Starts at once; a source that has everything may be done
 * before the handle is returned.
 */
export function pump<In, Out>(options: PumpOptions<In, Out>): PumpHandle {
  const pumping = new Pump(options);
  options.source.start(pumping);
  return pumping;
}

class Pump<In, Out> implements SourceListener<In>, PumpHandle {
  readonly #options: PumpOptions<In, Out>;
  readonly #emit = (item: Out): void => this.#write(item);
  #isFull = false;
  #isPaused = false;
  #isDone = false;

  constructor(options: PumpOptions<In, Out>) {
    this.#options = options;
    options.sink.onDrain(() => this.#drained());
  }

  onData(chunk: In): void {
    if (this.#isDone) return;
    try {
      this.#options.transformer.push(chunk, this.#emit);
    } catch (error) {
      this.#break(error);
      return;
    }
    if (this.#isFull && !this.#isPaused && !this.#isDone) {
      this.#isPaused = true;
      this.#options.source.pause();
    }
  }

  onEnd(): void {
    if (this.#isDone) return;
    try {
      this.#options.transformer.finish(this.#emit);
    } catch (error) {
      this.#break(error);
      return;
    }
    if (this.#isDone) return; // cancelled by what was written
    this.#isDone = true;
    this.#options.onEnd();
  }

  onError(cause: unknown): void {
    if (this.#isDone) return;
    try {
      this.#options.transformer.fail?.(cause, this.#emit);
    } catch (error) {
      this.#break(error);
      return;
    }
    if (this.#isDone) return;
    this.#isDone = true;
    this.#options.onError(cause);
  }

  cancel(reason?: unknown): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#options.source.cancel(reason);
  }

  #write(item: Out): void {
    if (this.#isDone) return;
    if (!this.#options.sink.write(item)) this.#isFull = true;
  }

  #drained(): void {
    this.#isFull = false;
    if (!this.#isPaused || this.#isDone) return;
    this.#isPaused = false;
    this.#options.source.resume();
  }

  #break(error: unknown): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#options.source.cancel(error);
    this.#options.onError(error);
  }
}

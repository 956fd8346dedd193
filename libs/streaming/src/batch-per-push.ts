import type { Emit, StreamTransformer } from './stream-transformer.js';

/** Gathers what one push emits into one array: the unit of work behind an asynchronous stage is the chunk, not the event. */
export function batchPerPush<In, T>(transformer: StreamTransformer<In, T>): StreamTransformer<In, readonly T[]> {
  return new BatchPerPush(transformer);
}

class BatchPerPush<In, T> implements StreamTransformer<In, readonly T[]> {
  readonly fail?: (error: unknown, emit: Emit<readonly T[]>) => void;
  readonly #transformer: StreamTransformer<In, T>;
  readonly #collect: Emit<T> = (item) => {
    this.#batch.push(item);
  };
  #batch: T[] = [];

  constructor(transformer: StreamTransformer<In, T>) {
    this.#transformer = transformer;
    if (transformer.fail !== undefined) {
      this.fail = (error, emit) => {
        transformer.fail?.(error, this.#collect);
        this.#flush(emit);
      };
    }
  }

  push(input: In, emit: Emit<readonly T[]>): void {
    try {
      this.#transformer.push(input, this.#collect);
    } finally {
      this.#flush(emit); // a transformer that throws keeps what it gave before
    }
  }

  finish(emit: Emit<readonly T[]>): void {
    try {
      this.#transformer.finish(this.#collect);
    } finally {
      this.#flush(emit);
    }
  }

  #flush(emit: Emit<readonly T[]>): void {
    if (this.#batch.length === 0) return;
    const batch = this.#batch;
    this.#batch = [];
    emit(batch);
  }
}

import type { Emit, StreamTransformer } from './stream-transformer.js';

/**
 * Joins what one push emits into one emit, so that a chunk of many events costs one write. When the transformer throws, what
 * it had emitted before is emitted still: a cut in another place would have let it out, too.
 */
export function oneWritePerPush<In>(transformer: StreamTransformer<In, string>): StreamTransformer<In, string> {
  return new JoinedWrites(transformer);
}

class JoinedWrites<In> implements StreamTransformer<In, string> {
  readonly fail?: (error: unknown, emit: Emit<string>) => void;
  readonly #transformer: StreamTransformer<In, string>;
  readonly #collect: Emit<string> = (text) => {
    this.#joined += text;
  };
  #joined = '';

  constructor(transformer: StreamTransformer<In, string>) {
    this.#transformer = transformer;
    if (transformer.fail !== undefined) {
      this.fail = (error, emit) => {
        transformer.fail?.(error, this.#collect);
        this.#flush(emit);
      };
    }
  }

  push(input: In, emit: Emit<string>): void {
    try {
      this.#transformer.push(input, this.#collect);
    } finally {
      this.#flush(emit);
    }
  }

  finish(emit: Emit<string>): void {
    try {
      this.#transformer.finish(this.#collect);
    } finally {
      this.#flush(emit);
    }
  }

  #flush(emit: Emit<string>): void {
    if (this.#joined === '') return;
    const text = this.#joined;
    this.#joined = '';
    emit(text);
  }
}

import type { Cancellation } from './cancellation.js';
import type { PushSource, SourceListener } from './push-source.js';

/** A body is larger than its reader is willing to hold. */
export class CollectError extends Error {
  readonly code = 'too-large';

  constructor(readonly maxBytes: number) {
    super(`the body is larger than ${maxBytes} bytes`);
    this.name = 'CollectError';
  }
}

export interface CollectOptions {
  readonly maxBytes: number;
  /** Makes the error to reject with; default a `CollectError`. */
  readonly onTooLarge?: () => unknown;
  /** Cancels the source and rejects with the reason. */
  readonly cancellation?: Cancellation;
}

/**
 * Reads a whole body. The source is cancelled as soon as it is too large.
 * @throws CollectError (or what `onTooLarge` makes), the source's own error, or the cancellation's reason
 */
export function collect(source: PushSource<Buffer>, options: CollectOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const collector = new Collector(source, options, resolve, reject);
    if (!collector.hasSettled) source.start(collector);
  });
}

class Collector implements SourceListener<Buffer> {
  readonly #source: PushSource<Buffer>;
  readonly #options: CollectOptions;
  readonly #resolve: (body: Buffer) => void;
  readonly #reject: (error: unknown) => void;
  readonly #forgetCancellation: (() => void) | undefined;
  readonly #chunks: Buffer[] = [];
  #length = 0;
  #hasSettled = false;

  constructor(
    source: PushSource<Buffer>,
    options: CollectOptions,
    resolve: (body: Buffer) => void,
    reject: (error: unknown) => void,
  ) {
    this.#source = source;
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#forgetCancellation = options.cancellation?.onCancel((reason) => this.#abort(reason, reason));
  }

  get hasSettled(): boolean {
    return this.#hasSettled;
  }

  onData(chunk: Buffer): void {
    const { maxBytes, onTooLarge } = this.#options;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length <= maxBytes) return;
    const error = new CollectError(maxBytes);
    this.#abort(onTooLarge === undefined ? error : onTooLarge(), error);
  }

  onEnd(): void {
    const [first] = this.#chunks;
    this.#settle();
    this.#resolve(first !== undefined && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#length));
  }

  onError(error: unknown): void {
    this.#settle();
    this.#reject(error);
  }

  #abort(error: unknown, reason: unknown): void {
    this.#settle();
    this.#source.cancel(reason);
    this.#reject(error);
  }

  #settle(): void {
    this.#hasSettled = true;
    this.#forgetCancellation?.();
  }
}

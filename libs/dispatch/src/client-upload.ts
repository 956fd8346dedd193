import type { StreamedBody } from '@sluice/provider-kit';
import type { PushSource, SourceListener } from '@sluice/streaming';

/**
 * A client's body on its way to a vendor: started by the first call that takes from it, and offered to another call as long
 * as none has. A call that ends before it has begun leaves it alone.
 */
export class ClientUpload {
  readonly #body: StreamedBody | undefined;
  #hasBegun = false;
  #isOver = false;
  #bytesRead = 0;
  #failure: unknown;

  constructor(body: StreamedBody | undefined) {
    this.#body = body;
  }

  get length(): number | undefined {
    return this.#body?.length;
  }

  /** Whether a call has taken from it, so that no other call can have all of it. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** What the client's side broke with; undefined = it did not. */
  get failure(): unknown {
    return this.#failure;
  }

  /** The body for one call; undefined when the request has none. */
  open(): StreamedBody | undefined {
    return this.#body && { source: this.#forOneCall(this.#body.source), length: this.#body.length };
  }

  /** Nobody wants the rest. */
  discard(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#body?.source.cancel();
  }

  #forOneCall(source: PushSource<Buffer>): PushSource<Buffer> {
    return {
      start: (listener) => {
        this.#hasBegun = true;
        source.start(this.#counted(listener));
      },
      pause: () => source.pause(),
      resume: () => source.resume(),
      cancel: () => {
        if (this.#hasBegun) this.discard();
      },
    };
  }

  #counted(listener: SourceListener<Buffer>): SourceListener<Buffer> {
    return {
      onData: (chunk) => {
        this.#bytesRead += chunk.length;
        listener.onData(chunk);
      },
      onEnd: () => {
        this.#isOver = true;
        listener.onEnd();
      },
      onError: (error) => {
        this.#isOver = true;
        this.#failure = error;
        listener.onError(error);
      },
    };
  }
}

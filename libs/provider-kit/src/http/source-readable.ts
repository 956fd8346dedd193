import { Readable } from 'node:stream';
import type { PushSource } from '@sluice/streaming';

/** What waits here while the socket takes no more; above it the source is paused. */
export const MAX_WAITING_UPLOAD_BYTES = 64 * 1024;

/** A push source as the readable stream that undici sends. Started by the first read, cancelled when it is destroyed early. */
export class SourceReadable extends Readable {
  readonly #source: PushSource<Buffer>;
  #state: 'unread' | 'flowing' | 'paused' | 'over' = 'unread';

  constructor(source: PushSource<Buffer>) {
    super({ highWaterMark: MAX_WAITING_UPLOAD_BYTES });
    this.#source = source;
    this.on('error', () => {}); // the call tells it; without a listener node would end the process
  }

  override _read(): void {
    if (this.#state === 'unread') {
      this.#state = 'flowing';
      this.#start();
    } else if (this.#state === 'paused') {
      this.#state = 'flowing';
      this.#source.resume();
    }
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.#state !== 'over') {
      this.#state = 'over';
      this.#source.cancel(error ?? undefined);
    }
    done(error);
  }

  #start(): void {
    this.#source.start({
      onData: (chunk) => {
        if (this.push(chunk) || this.#state !== 'flowing') return;
        this.#state = 'paused';
        this.#source.pause();
      },
      onEnd: () => {
        this.#state = 'over';
        this.push(null);
      },
      onError: (error) => {
        this.#state = 'over';
        this.destroy(error instanceof Error ? error : new Error('the request body broke off', { cause: error }));
      },
    });
  }
}

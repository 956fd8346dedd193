import type { CanonicalEvent, GatewayError } from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { ContentMeter } from './content-meter.js';
import type { Exchange } from './exchange.js';

/**
 * Watches a translated answer on its way: usage and finish are noted, and a failure that comes before the commit is taken out
 * of the stream, because another account may still answer.
 */
export class AnswerTap implements StreamTransformer<CanonicalEvent, CanonicalEvent> {
  readonly #exchange: Exchange;
  readonly #hasCommitted: () => boolean;
  readonly #meter: ContentMeter;
  #error: GatewayError | undefined;
  #hasEnded = false;

  constructor(exchange: Exchange, hasCommitted: () => boolean) {
    this.#exchange = exchange;
    this.#hasCommitted = hasCommitted;
    this.#meter = new ContentMeter(exchange);
  }

  /** The vendor's failure, whether or not the client has been told. */
  get error(): GatewayError | undefined {
    return this.#error;
  }

  /** Whether the answer came to its own end, and the stages behind took it. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  push(event: CanonicalEvent, emit: Emit<CanonicalEvent>): void {
    if (this.#error !== undefined) return; // a failure is the last event, also for a decoder that reads on
    this.#meter.see(event);
    switch (event.type) {
      case 'response-end':
        this.#exchange.finishReason = event.finishReason;
        break;
      case 'response-error':
        this.#error = event.error;
        if (!this.#hasCommitted()) return;
        break;
      default:
    }
    emit(event);
    if (event.type === 'response-end') this.#hasEnded = true;
  }

  finish(): void {}
}

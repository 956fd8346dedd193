import type { CanonicalEvent, GatewayError } from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import type { Exchange } from './exchange.js';

/**
 * Watches a translated answer on its way: usage and finish are noted, and a failure that comes before the commit is taken out
 * of the stream, because another account may still answer.
 */
export class AnswerTap implements StreamTransformer<CanonicalEvent, CanonicalEvent> {
  readonly #exchange: Exchange;
  readonly #hasCommitted: () => boolean;
  #error: GatewayError | undefined;

  constructor(exchange: Exchange, hasCommitted: () => boolean) {
    this.#exchange = exchange;
    this.#hasCommitted = hasCommitted;
  }

  /** The vendor's failure, whether or not the client has been told. */
  get error(): GatewayError | undefined {
    return this.#error;
  }

  push(event: CanonicalEvent, emit: Emit<CanonicalEvent>): void {
    switch (event.type) {
      case 'usage':
        this.#exchange.usage = event.usage;
        break;
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
  }

  finish(): void {}
}

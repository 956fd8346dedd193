import type { IncomingMessage } from 'node:http';
import type { GatewayError } from '@sluice/core';
import { bodyTooLarge, bodyTooSlow, clientGone } from './body-errors.js';
import { discardRest } from './discard-rest.js';

/** What may be held of one request body. */
export interface BodyLimits {
  /** Of the body as it is sent, and again of the decoded body where it is compressed. */
  readonly maxBytes: number;
  /** From the call to the last byte. */
  readonly timeoutMs: number;
}

const EMPTY = Buffer.alloc(0);

/**
 * Collects one unread body. Single use.
 *
 * Listeners instead of an async iterator: no promise per chunk. A body of one chunk is handed on without a copy, a longer
 * one is concatenated once.
 */
export class BodyCollector {
  readonly #request: IncomingMessage;
  readonly #limits: BodyLimits;
  #first: Buffer | undefined;
  #chunks: Buffer[] | undefined;
  #size = 0;
  #timer: NodeJS.Timeout | undefined;
  #resolve!: (body: Buffer) => void;
  #reject!: (error: GatewayError) => void;

  constructor(request: IncomingMessage, limits: BodyLimits) {
    this.#request = request;
    this.#limits = limits;
  }

  collect(): Promise<Buffer> {
    const request = this.#request;
    if (request.readableEnded) return Promise.resolve(EMPTY); // nothing was ever emitted (see the caller): it had no body
    if (request.destroyed) return Promise.reject(clientGone(request.errored ?? undefined));

    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#timer = setTimeout(this.#onTimeout, this.#limits.timeoutMs).unref(); // a stopping process does not wait for it
      request.on('data', this.#onData);
      request.on('end', this.#onEnd);
      request.on('error', this.#onGone);
      request.on('close', this.#onGone);
    });
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#size += chunk.length;
    if (this.#size > this.#limits.maxBytes) return this.#refuse(bodyTooLarge(this.#limits.maxBytes));
    if (this.#first === undefined) this.#first = chunk;
    else if (this.#chunks === undefined) this.#chunks = [this.#first, chunk];
    else this.#chunks.push(chunk);
  };

  readonly #onEnd = (): void => {
    this.#detach();
    this.#resolve(this.#chunks === undefined ? (this.#first ?? EMPTY) : Buffer.concat(this.#chunks, this.#size));
  };

  readonly #onTimeout = (): void => this.#refuse(bodyTooSlow(this.#limits.timeoutMs));

  readonly #onGone = (cause?: Error): void => {
    this.#detach();
    this.#reject(clientGone(cause));
  };

  #refuse(error: GatewayError): void {
    this.#detach();
    this.#first = undefined;
    this.#chunks = undefined;
    discardRest(this.#request);
    this.#reject(error);
  }

  #detach(): void {
    clearTimeout(this.#timer);
    this.#request.off('data', this.#onData);
    this.#request.off('end', this.#onEnd);
    this.#request.off('error', this.#onGone);
    this.#request.off('close', this.#onGone);
  }
}

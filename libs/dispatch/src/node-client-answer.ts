import type { ServerResponse } from 'node:http';
import type { Clock } from '@sluice/core';
import type { AnswerHeaders, ClientAnswer } from './client-answer.js';

export interface NodeClientAnswerOptions {
  readonly response: ServerResponse;
  readonly clock: Clock;
  /** Headers of every answer: request id, CORS. */
  readonly baseHeaders: AnswerHeaders;
  /** True while the process drains: answers then ask for the connection to be closed. */
  readonly isDraining: () => boolean;
}

/** A `ClientAnswer` over node's response. */
export class NodeClientAnswer implements ClientAnswer {
  readonly #response: ServerResponse;
  readonly #options: NodeClientAnswerOptions;
  #begunAtMs: number | undefined;
  #bytesWritten = 0;
  #hasEnded = false;
  #abandoned: (() => void) | undefined;
  #closed: (() => void) | undefined;

  constructor(options: NodeClientAnswerOptions) {
    this.#options = options;
    this.#response = options.response;
    this.#response.on('close', () => {
      if (!this.#hasEnded) this.#abandoned?.();
      this.#closed?.();
    });
  }

  get hasBegun(): boolean {
    return this.#begunAtMs !== undefined;
  }

  get isClosed(): boolean {
    return this.#hasEnded || this.#response.destroyed;
  }

  get bytesWritten(): number {
    return this.#bytesWritten;
  }

  get begunAtMs(): number | undefined {
    return this.#begunAtMs;
  }

  begin(status: number, headers: AnswerHeaders): void {
    this.#begunAtMs = this.#options.clock.now();
    const head: Record<string, string | string[]> = {};
    Object.assign(head, headers, this.#options.baseHeaders);
    if (this.#options.isDraining()) head['connection'] = 'close';
    this.#response.writeHead(status, head);
  }

  write(item: Buffer | string): boolean {
    this.#bytesWritten += typeof item === 'string' ? Buffer.byteLength(item) : item.length;
    return this.#response.write(item);
  }

  respond(status: number, headers: AnswerHeaders, body: Buffer): void {
    this.begin(status, { ...headers, 'content-length': String(body.length) });
    this.#bytesWritten += body.length;
    this.#hasEnded = true;
    this.#response.end(body);
  }

  end(): void {
    this.#hasEnded = true;
    this.#response.end();
  }

  destroy(): void {
    this.#hasEnded = true;
    this.#response.destroy();
  }

  onDrain(listener: () => void): void {
    this.#response.on('drain', listener);
  }

  onAbandoned(listener: () => void): void {
    this.#abandoned = listener;
    if (this.#response.destroyed && !this.#hasEnded) listener();
  }

  onClosed(listener: () => void): void {
    if (this.#response.closed) listener();
    else this.#closed = listener;
  }
}

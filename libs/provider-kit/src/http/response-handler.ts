import { GatewayError, type WireHeaders } from '@sluice/core';
import type { Cancellation } from '@sluice/streaming';
import type { Dispatcher } from 'undici';
import type { UpstreamTimeouts } from '../account.js';
import { decodeBody } from './decoded-body.js';
import type { UpstreamReply } from '../provider.js';
import { transportFailure } from './transport-failure.js';
import { UpstreamBody, type BodyFlow } from './upstream-body.js';

export interface ResponseHandlerOptions {
  readonly host: string;
  readonly timeouts: UpstreamTimeouts;
  readonly cancellation: Cancellation;
  resolve(reply: UpstreamReply): void;
  reject(error: GatewayError): void;
}

const FIRST_FINAL_STATUS = 200;
const IDENTITY = 'identity';

/** Why undici is told to drop a connection. One for all: it is never shown and its stack says nothing. */
const ABORTED = new Error('aborted by the gateway');

/**
 * One request on the wire: settles the promise with the head, then feeds the body.
 *
 * ```text
 *  sent ── head ──▶ body ── end | error ──▶ closed
 *    └── error | cancelled ──▶ closed  ◀── cancelled ──┘
 * ```
 */
export class ResponseHandler implements Dispatcher.DispatchHandler, BodyFlow {
  readonly #options: ResponseHandlerOptions;
  readonly #forgetCancellation: () => void;
  #controller: Dispatcher.DispatchController | undefined;
  #body: UpstreamBody | undefined;
  #isClosed = false;

  constructor(options: ResponseHandlerOptions) {
    this.#options = options;
    this.#forgetCancellation = options.cancellation.onCancel((reason) => this.#cancelled(reason));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isClosed) controller.abort(ABORTED); // cancelled while the connection was being opened
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: WireHeaders): void {
    if (this.#isClosed || status < FIRST_FINAL_STATUS) return; // 1xx: the answer is still to come
    const body = new UpstreamBody(this);
    const encoding = headers['content-encoding'];
    if (encoding === undefined || encoding === IDENTITY) {
      this.#body = body;
      this.#options.resolve({ status, headers, body });
      return;
    }
    try {
      const decoded = decodeBody(String(encoding), body);
      this.#body = body;
      this.#options.resolve({ status, headers: withoutEncoding(headers), body: decoded });
    } catch (error) {
      this.abort();
      this.#options.reject(error as GatewayError); // decodeBody throws nothing else
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isClosed) return;
    this.#close();
    this.#body?.end();
  }

  /** The controller is missing where undici refuses to send at all. */
  onResponseError(_controller: Dispatcher.DispatchController | undefined, cause: Error): void {
    if (this.#isClosed) return;
    this.#close();
    const { host, timeouts, reject } = this.#options;
    const error = transportFailure(cause, { host, timeouts, hasHead: this.#body !== undefined });
    if (this.#body === undefined) reject(error);
    else this.#body.fail(error);
  }

  pause(): void {
    if (!this.#isClosed) this.#controller?.pause();
  }

  resume(): void {
    if (!this.#isClosed) this.#controller?.resume();
  }

  abort(): void {
    if (this.#isClosed) return;
    this.#close();
    this.#controller?.abort(ABORTED);
  }

  #cancelled(reason: unknown): void {
    if (this.#isClosed) return;
    const body = this.#body;
    if (body !== undefined) return body.cancel();
    this.abort();
    this.#options.reject(cancellationError(reason));
  }

  #close(): void {
    this.#isClosed = true;
    this.#forgetCancellation();
  }
}

/** What a cancelled call fails with: the reason itself where it is one of ours. */
export function cancellationError(reason: unknown): GatewayError {
  if (reason instanceof GatewayError) return reason;
  return new GatewayError({ kind: 'client_closed', message: 'The request was cancelled.', cause: reason });
}

/** Of a body that is handed on decompressed. */
function withoutEncoding(headers: WireHeaders): WireHeaders {
  const kept: Record<string, string | readonly string[] | undefined> = { ...headers };
  delete kept['content-encoding'];
  delete kept['content-length'];
  return kept;
}

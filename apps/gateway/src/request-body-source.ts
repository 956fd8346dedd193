import type { IncomingMessage } from 'node:http';
import { GatewayError } from '@sluice/core';
import type { StreamedBody } from '@sluice/provider-kit';
import { discardRest } from '@sluice/express-adapter';

/** Of a body that is passed on while it arrives, and of which nothing is held here. */
export const MAX_FORWARDED_BODY_BYTES = 512 * 1024 * 1024;

const BYTES_PER_MIB = 1024 * 1024;
const MS_PER_SECOND = 1000;

type PushSource = StreamedBody['source'];
type SourceListener = Parameters<PushSource['start']>[0];

export interface RequestBodyLimits {
  /** Default `MAX_FORWARDED_BODY_BYTES`. */
  readonly maxBytes?: number;
  /** Between two pieces while somebody wants them. */
  readonly stallMs: number;
}

/**
 * A request's unread body, to be passed on as it arrives; undefined when it has none.
 * @throws GatewayError `request_too_large` by its declared length
 */
export function openRequestBody(request: IncomingMessage, limits: RequestBodyLimits): StreamedBody | undefined {
  const declared = request.headers['content-length'];
  if (request.headers['transfer-encoding'] === undefined && (declared === undefined || declared === '0'))
    return undefined;
  const { maxBytes = MAX_FORWARDED_BODY_BYTES, stallMs } = limits;
  const length = declared === undefined ? undefined : Number(declared);
  if (length !== undefined && length > maxBytes) {
    discardRest(request);
    throw tooLarge(maxBytes);
  }
  return { source: new RequestBodySource(request, { maxBytes, stallMs }), length };
}

/** Node's request as a push source. What is not wanted any more is discarded within bounds, so that the client reads its answer. */
class RequestBodySource implements PushSource {
  readonly #request: IncomingMessage;
  readonly #limits: Required<RequestBodyLimits>;
  #listener: SourceListener | undefined;
  #timer: NodeJS.Timeout | undefined;
  #size = 0;
  #isOver = false;

  constructor(request: IncomingMessage, limits: Required<RequestBodyLimits>) {
    this.#request = request;
    this.#limits = limits;
  }

  start(listener: SourceListener): void {
    if (this.#isOver) return;
    this.#listener = listener;
    const request = this.#request;
    if (request.destroyed && !request.readableEnded) return this.#fail(clientGone());
    request.on('data', this.#onData);
    request.on('end', this.#onEnd);
    request.on('error', this.#onGone);
    request.on('close', this.#onGone);
    this.#watch();
  }

  pause(): void {
    if (this.#isOver) return;
    clearTimeout(this.#timer); // it is not the client who is slow
    this.#request.pause();
  }

  resume(): void {
    if (this.#isOver) return;
    this.#watch();
    this.#request.resume();
  }

  cancel(): void {
    if (this.#isOver) return;
    this.#detach();
    discardRest(this.#request);
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#size += chunk.length;
    if (this.#size > this.#limits.maxBytes) return this.#refuse(tooLarge(this.#limits.maxBytes));
    this.#timer?.refresh();
    this.#listener?.onData(chunk);
  };

  readonly #onEnd = (): void => {
    this.#detach();
    this.#listener?.onEnd();
  };

  readonly #onGone = (): void => this.#fail(clientGone());

  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refuse(tooSlow(this.#limits.stallMs)), this.#limits.stallMs).unref();
  }

  #refuse(error: GatewayError): void {
    this.#fail(error);
    discardRest(this.#request);
  }

  #fail(error: GatewayError): void {
    this.#detach();
    this.#listener?.onError(error);
  }

  #detach(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#request.off('data', this.#onData);
    this.#request.off('end', this.#onEnd);
    this.#request.off('error', this.#onGone);
    this.#request.off('close', this.#onGone);
  }
}

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError({
    kind: 'request_too_large',
    message: `The request body is larger than ${maxBytes / BYTES_PER_MIB} MiB; send it in smaller parts.`,
  });
}

function tooSlow(stallMs: number): GatewayError {
  return new GatewayError({
    kind: 'request_timeout',
    message: `Nothing of the request body arrived for ${stallMs / MS_PER_SECOND} s; send the request again.`,
  });
}

function clientGone(): GatewayError {
  return new GatewayError({
    kind: 'client_closed',
    message: 'The client closed the connection before its request body was complete.',
  });
}

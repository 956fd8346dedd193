import { GatewayError } from '@sluice/core';
import type { Provider, UpstreamCall, UpstreamReply } from '@sluice/provider-kit';
import { Cancellation, type PushSource, type SourceListener } from '@sluice/streaming';
import type { Pause } from './pause.js';

export interface SendInTimeOptions {
  readonly provider: Pick<Provider, 'send'>;
  readonly pause: Pause;
}

/**
 * Sends a call. Where the account says how long a whole answer may take (`totalMs`), a longer one is broken off, before its
 * head as a call that fails, afterwards as a body that breaks. A stream has no such end: as long as something comes, it lives.
 */
export function sendInTime(options: SendInTimeOptions, call: UpstreamCall): Promise<UpstreamReply> {
  const { totalMs } = call.account.transport.timeouts;
  return totalMs === undefined || call.stream ? options.provider.send(call) : sendWithin(totalMs, options, call);
}

async function sendWithin(totalMs: number, options: SendInTimeOptions, call: UpstreamCall): Promise<UpstreamReply> {
  const deadline = new Deadline(totalMs, call.cancellation, options.pause);
  try {
    const reply = await options.provider.send({ ...call, cancellation: deadline.cancellation });
    return { ...reply, body: deadline.bodyUntil(reply.body) };
  } catch (cause) {
    deadline.end();
    throw cause;
  }
}

/** One wait, which the end of the answer ends. */
class Deadline {
  /** Of the call alone: the exchange may go on with another account. */
  readonly cancellation = new Cancellation();
  readonly #answered = new Cancellation();
  readonly #forget: () => void;
  #breakOff: ((error: GatewayError) => void) | undefined;

  constructor(totalMs: number, exchange: Cancellation, pause: Pause) {
    this.#forget = exchange.onCancel((reason) => this.cancellation.cancel(reason));
    void pause.wait(totalMs, this.#answered).then(() => {
      if (!this.#answered.isCancelled) this.#expire(tooLong(totalMs));
    });
  }

  /** The answer is there, or nobody wants it any more. */
  end(): void {
    this.#forget();
    this.#answered.cancel('answered');
  }

  bodyUntil(body: PushSource<Buffer>): PushSource<Buffer> {
    return {
      start: (listener) => {
        this.#breakOff = (error) => listener.onError(error);
        if (this.cancellation.isCancelled && this.#answered.isCancelled)
          return listener.onError(this.cancellation.reason);
        body.start(this.#untilEnd(listener));
      },
      pause: () => body.pause(),
      resume: () => body.resume(),
      cancel: (reason) => {
        this.end();
        body.cancel(reason);
      },
    };
  }

  #untilEnd(listener: SourceListener<Buffer>): SourceListener<Buffer> {
    return {
      onData: (chunk) => {
        if (!this.#answered.isCancelled) listener.onData(chunk);
      },
      onEnd: () => {
        if (this.#answered.isCancelled) return;
        this.end();
        listener.onEnd();
      },
      onError: (error) => {
        if (this.#answered.isCancelled) return;
        this.end();
        listener.onError(error);
      },
    };
  }

  #expire(error: GatewayError): void {
    this.end();
    this.cancellation.cancel(error); // the provider ends the call: no word of its body follows
    this.#breakOff?.(error);
  }
}

function tooLong(totalMs: number): GatewayError {
  return new GatewayError({
    kind: 'upstream_silent',
    message: `The vendor's answer was not whole after ${totalMs} ms (timeouts.totalMs). Ask for less, or for a stream.`,
  });
}

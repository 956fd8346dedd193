import { redactText, type GatewayError, type SseFrame } from '@sluice/core';
import type { UpstreamReply } from '@sluice/provider-kit';
import { pump, SseRelay, type Emit, type SseVerdict, type StreamTransformer } from '@sluice/streaming';
import type { Observation, StreamObserver } from '@sluice/translator-kit';
import type { AnswerHeaders } from './client-answer.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import type { Exchange } from './exchange.js';
import { invalidAnswer, truncatedAnswer } from './invalid-answer.js';
import type { ModelEcho } from './model-echo.js';
import { sanitiseError } from './sanitise-error.js';
import { toGatewayError } from './to-gateway-error.js';
import { writeStreamError } from './write-stream-error.js';

export interface StreamRelayOptions {
  readonly exchange: Exchange;
  readonly reply: UpstreamReply;
  readonly observer: StreamObserver;
  /** Hide the usage event that we asked for and the client did not. */
  readonly hideUsage: boolean;
  readonly headers: AnswerHeaders;
  /** What the vendor's words may not repeat to the client. */
  readonly secrets: () => readonly string[];
  /** Undefined = the vendor's name for the model stays. */
  readonly echo?: ModelEcho | undefined;
}

/**
 * Passes a vendor's event stream through byte by byte, and watches it.
 *
 * ```text
 *  held ── content, finish or end ──▶ begun ── source ends ──▶ answered            (terminal event seen)
 *    │                                  └────── error, or an end without one ──▶ broken   (error event written)
 *    └── error, or an end without content ──▶ failed                               (another attempt is possible)
 * ```
 */
export class StreamRelay {
  readonly #options: StreamRelayOptions;
  readonly #relay: SseRelay;
  readonly #note: Emit<Observation>;
  #verdict: SseVerdict = 'hold';
  #hasContent = false;
  #hasEnd = false;
  #error: GatewayError | undefined;
  /** The error stands in the bytes that were passed. */
  #isErrorPassed = false;
  #resolve: ((outcome: AttemptOutcome) => void) | undefined;
  #stopPump: ((reason: unknown) => void) | undefined;
  #forgetCancellation: (() => void) | undefined;

  constructor(options: StreamRelayOptions) {
    this.#options = options;
    this.#note = (observation) => this.#observe(observation);
    this.#relay = new SseRelay({ judge: (frame) => this.#judge(frame) });
  }

  /** What the client has read ends inside an event. */
  get isInsideEvent(): boolean {
    return this.#relay.isInsideEvent;
  }

  /** Runs the stream to its end. Never rejects. */
  run(): Promise<AttemptOutcome> {
    const { exchange, reply, headers, echo } = this.#options;
    const { answer } = exchange;
    exchange.passing = this;
    return new Promise((resolve) => {
      this.#resolve = resolve;
      const sink = {
        write: (chunk: Buffer): boolean => {
          if (!answer.hasBegun) {
            answer.begin(reply.status, headers);
            exchange.status = reply.status;
          }
          return answer.write(echo === undefined ? chunk : echo.inStream(chunk));
        },
        end: () => {},
        onDrain: (listener: () => void) => answer.onDrain(listener),
      };
      const handle = pump({
        source: reply.body,
        transformer: this.#stoppable(),
        sink,
        onEnd: () => this.#sourceEnded(),
        onError: (error) => this.#sourceBroke(error),
      });
      this.#stopPump = (reason) => handle.cancel(reason);
      if (this.#resolve === undefined) handle.cancel('settled');
      else this.#forgetCancellation = exchange.cancellation.onCancel((reason) => this.#interrupted(reason));
    });
  }

  /** The relay, followed after each chunk by a look whether the stream has come to an error that is ours to tell. */
  #stoppable(): StreamTransformer<Buffer, Buffer> {
    const relay = this.#relay;
    return {
      push: (chunk, emit) => {
        relay.push(chunk, emit);
        if (this.#error !== undefined && !this.#isErrorPassed) this.#fail(this.#error);
      },
      finish: (emit) => {
        relay.finish(emit);
        this.#finishObserver();
        if (this.#hasContent) relay.release(emit);
      },
    };
  }

  #judge(frame: SseFrame): SseVerdict {
    const verdict = this.#verdictOn(frame);
    if (verdict !== 'stop' || !this.#mayPassError(frame)) return verdict;
    this.#isErrorPassed = true;
    return 'pass';
  }

  #verdictOn(frame: SseFrame): SseVerdict {
    this.#verdict = this.#hasContent ? 'pass' : 'hold';
    try {
      this.#options.observer.push(frame, this.#note);
    } catch (cause) {
      this.#observe({ type: 'error', error: invalidAnswer(cause) });
    }
    return this.#verdict;
  }

  #finishObserver(): void {
    try {
      this.#options.observer.finish(this.#note);
    } catch (cause) {
      this.#observe({ type: 'error', error: invalidAnswer(cause) });
    }
  }

  /** Behind the first content the vendor's own error event is the best word for it, if it repeats no secret. */
  #mayPassError(frame: SseFrame): boolean {
    const isBehindContent = this.#hasContent || this.#options.exchange.answer.hasBegun;
    if (!isBehindContent || this.#error?.upstream === undefined) return false;
    return redactText(frame.data, this.#options.secrets()) === frame.data;
  }

  #observe(observation: Observation): void {
    const { exchange } = this.#options;
    switch (observation.type) {
      case 'content':
        this.#commit();
        return;
      case 'usage':
        this.#noteContent();
        exchange.reportUsage(observation.usage);
        if (observation.standalone && this.#options.hideUsage) this.#verdict = 'drop';
        return;
      case 'finish':
        exchange.finishReason = observation.finishReason;
        this.#commit();
        return;
      case 'end':
        this.#hasEnd = true;
        this.#commit();
        return;
      case 'error':
        this.#error ??= sanitiseError(observation.error, this.#options.secrets());
        this.#verdict = 'stop';
        return;
      default:
        return unknownObservation(observation);
    }
  }

  /** The observer's count is taken when it is needed: counters only, and nothing per event. */
  #noteContent(): void {
    const { exchange, observer } = this.#options;
    exchange.contentChars = observer.contentChars;
  }

  #commit(): void {
    this.#hasContent = true;
    this.#verdict = 'pass';
  }

  #sourceEnded(): void {
    const { exchange } = this.#options;
    if (this.#error !== undefined) return this.#fail(this.#error);
    if (!this.#hasEnd && exchange.finishReason === undefined) return this.#fail(truncatedAnswer());
    this.#complete();
  }

  #sourceBroke(cause: unknown): void {
    const isComplete = this.#hasEnd && this.#error === undefined;
    if (!isComplete) return this.#fail(this.#error ?? toGatewayError(cause));
    // the vendor's last event was there: what broke afterwards was only the connection
    this.#complete();
  }

  /** The vendor's answer is whole; bytes that look like a beginning of something more go out as they came. */
  #complete(): void {
    const { answer } = this.#options.exchange;
    if (!answer.hasBegun) return this.#fail(truncatedAnswer());
    const tail = this.#relay.takePartialTail();
    if (tail !== undefined) answer.write(tail);
    answer.end();
    this.#settle({ type: 'answered' });
  }

  #interrupted(reason: unknown): void {
    const error = toGatewayError(reason);
    if (this.#options.exchange.answer.hasBegun) return this.#fail(this.#error ?? error);
    this.#stopPump?.(reason);
    this.#settle({ type: 'interrupted', error });
  }

  /** Ends the attempt: with an error event of ours where the client has read a part and has not been told yet. */
  #fail(error: GatewayError): void {
    const { exchange } = this.#options;
    this.#stopPump?.(error);
    if (!exchange.answer.hasBegun) return this.#settle({ type: 'failed', error });
    if (this.#isErrorPassed) exchange.answer.end();
    else writeStreamError(exchange, error, this.#relay.isInsideEvent);
    this.#settle({ type: 'broken', error });
  }

  #settle(outcome: AttemptOutcome): void {
    this.#forgetCancellation?.();
    this.#noteContent();
    const resolve = this.#resolve;
    this.#resolve = undefined;
    resolve?.(outcome);
  }
}

function unknownObservation(observation: never): never {
  throw new TypeError(`unknown observation ${JSON.stringify(observation)}`);
}

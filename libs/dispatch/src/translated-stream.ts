import type { CanonicalEvent, CanonicalResponse, GatewayError, SseFrame } from '@sluice/core';
import type { UpstreamReply } from '@sluice/provider-kit';
import {
  compose,
  HoldUntilCommit,
  oneWritePerPush,
  pump,
  SseSerialiser,
  type StreamTransformer,
} from '@sluice/streaming';
import type { AnswerRepair } from '@sluice/translator-kit';
import type { AnswerHeaders } from './client-answer.js';
import { AnswerTap } from './answer-tap.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { commits } from './commits.js';
import type { Exchange } from './exchange.js';
import { FlawWatch } from './flaw-watch.js';
import { truncatedAnswer, invalidAnswer } from './invalid-answer.js';
import { sanitiseError } from './sanitise-error.js';
import { toGatewayError } from './to-gateway-error.js';
import type { Deliver } from './translated-body.js';
import { writeStreamError } from './write-stream-error.js';

export interface TranslatedStreamOptions {
  readonly exchange: Exchange;
  readonly reply: UpstreamReply;
  /** The vendor's bytes to canonical events. */
  readonly decoder: StreamTransformer<Buffer, CanonicalEvent>;
  /** Canonical events to the client's frames. */
  readonly encoder: StreamTransformer<CanonicalEvent, SseFrame>;
  readonly headers: AnswerHeaders;
  /** What can be wrong with an answer that came to its end; absent = nothing. */
  readonly repair?: AnswerRepair | undefined;
  /** Takes an answer with a flaw of which nothing has left; absent = it goes to the client. */
  readonly takeBack?: Deliver;
  /** What the vendor's words may not repeat to the client. */
  readonly secrets: () => readonly string[];
}

/**
 * Translates a vendor's stream event by event, with the same endings as the pass-through relay.
 *
 * ```text
 *  held ── content or end ──▶ begun ── source ends ──▶ answered          (the vendor's last event was there)
 *    │                          └───── error ──▶ broken                  (the client's last event says so)
 *    ├── error, or nothing ──▶ failed                                    (another attempt is possible)
 *    └── end, with a flaw ──▶ taken back
 * ```
 */
export class TranslatedStream {
  readonly #options: TranslatedStreamOptions;
  readonly #hold = new HoldUntilCommit<CanonicalEvent>({ isCommit: commits });
  readonly #tap: AnswerTap;
  readonly #watch: FlawWatch | undefined;
  /** Canonical events to the client's text. */
  readonly #render: StreamTransformer<CanonicalEvent, string>;
  #stopPump: ((reason: unknown) => void) | undefined;
  #resolve: ((outcome: AttemptOutcome | undefined) => void) | undefined;
  #forgetCancellation: (() => void) | undefined;

  constructor(options: TranslatedStreamOptions) {
    this.#options = options;
    this.#tap = new AnswerTap(options.exchange, () => this.#hold.hasCommitted);
    this.#watch = this.#createWatch();
    this.#render = asOurFault(compose(options.encoder, new SseSerialiser()));
  }

  /** Runs the stream to its end. Never rejects. @returns undefined when the answer was set aside */
  run(): Promise<AttemptOutcome | undefined> {
    const { exchange, reply } = this.#options;
    return new Promise((resolve) => {
      this.#resolve = resolve;
      const { cancellation } = exchange;
      if (cancellation.isCancelled) {
        reply.body.cancel(cancellation.reason);
        return this.#interrupted(cancellation.reason);
      }
      this.#forgetCancellation = cancellation.onCancel((reason) => this.#interrupted(reason));
      const handle = pump({
        source: reply.body,
        transformer: this.#stages(),
        sink: {
          write: (text: string) => this.#write(text),
          end: () => {},
          onDrain: (listener) => exchange.answer.onDrain(listener),
        },
        onEnd: () => this.#ended(),
        onError: (error) => this.#sourceBroke(error),
      });
      this.#stopPump = (reason) => handle.cancel(reason);
      if (this.#hasSettled) handle.cancel('settled');
    });
  }

  get #hasSettled(): boolean {
    return this.#resolve === undefined;
  }

  /** A source that has everything is emptied before the pump can be stopped: once settled, the rest of it is ignored. */
  #stages(): StreamTransformer<Buffer, string> {
    const read = compose(this.#options.decoder, this.#cleaned(), this.#tap);
    const canonical = this.#watch === undefined ? compose(read, this.#hold) : compose(read, this.#watch, this.#hold);
    const stages = oneWritePerPush(compose(canonical, this.#render));
    return {
      push: (chunk, emit) => {
        if (this.#hasSettled) return;
        stages.push(chunk, emit);
        if (this.#tap.error !== undefined) this.#refused(this.#tap.error);
      },
      finish: (emit) => {
        if (this.#hasSettled) return;
        this.#watch?.expectEnd();
        stages.finish(emit);
      },
    };
  }

  /** A failure that the vendor words is searched for our secrets before the client reads it. */
  #cleaned(): StreamTransformer<CanonicalEvent, CanonicalEvent> {
    const { secrets } = this.#options;
    return {
      push: (event, emit) =>
        emit(event.type === 'response-error' ? { ...event, error: sanitiseError(event.error, secrets()) } : event),
      finish: () => {},
    };
  }

  #createWatch(): FlawWatch | undefined {
    const { exchange, repair, takeBack } = this.#options;
    if (repair === undefined || takeBack === undefined) return undefined;
    const give = (response: CanonicalResponse): void => {
      try {
        this.#settle(takeBack(response));
      } catch (defect) {
        this.#fail(toGatewayError(defect));
      }
    };
    return new FlawWatch({ exchange, repair, hasCommitted: () => this.#hold.hasCommitted, takeBack: give });
  }

  #write(text: string): boolean {
    const { exchange, reply, headers } = this.#options;
    const { answer } = exchange;
    if (this.#hasSettled) return true;
    if (!answer.hasBegun) {
      answer.begin(reply.status, headers);
      exchange.status = reply.status;
    }
    return answer.write(text);
  }

  /** The vendor reported a failure inside its stream: nothing of value follows. */
  #refused(error: GatewayError): void {
    this.#stopPump?.(error);
    this.#ended();
  }

  #sourceBroke(cause: unknown): void {
    if (!this.#tap.hasEnded) return this.#fail(invalidAnswer(cause));
    // the vendor's last event was there: what broke afterwards was only the connection
    try {
      this.#render.finish((text) => this.#write(text));
    } catch (error) {
      return this.#fail(toGatewayError(error));
    }
    this.#ended();
  }

  #ended(): void {
    if (this.#hasSettled) return;
    const { answer } = this.#options.exchange;
    const { error, hasEnded } = this.#tap;
    if (!answer.hasBegun) return this.#settle({ type: 'failed', error: error ?? truncatedAnswer() });
    if (error === undefined && !hasEnded) return this.#fail(truncatedAnswer());
    answer.end();
    this.#settle(error === undefined ? { type: 'answered' } : { type: 'broken', error });
  }

  #interrupted(reason: unknown): void {
    const error = toGatewayError(reason);
    this.#stopPump?.(reason);
    if (this.#options.exchange.answer.hasBegun) return this.#fail(error);
    this.#settle({ type: 'interrupted', error });
  }

  #fail(error: GatewayError): void {
    if (this.#hasSettled) return;
    const { exchange } = this.#options;
    if (!exchange.answer.hasBegun) return this.#settle({ type: 'failed', error });
    writeStreamError(exchange, error, false);
    this.#settle({ type: 'broken', error });
  }

  #settle(outcome: AttemptOutcome | undefined): void {
    this.#forgetCancellation?.();
    const resolve = this.#resolve;
    this.#resolve = undefined;
    resolve?.(outcome);
  }
}

/** What goes wrong while we write the client's format is no fault of the vendor's. */
function asOurFault<In>(stage: StreamTransformer<In, string>): StreamTransformer<In, string> {
  return {
    push: (input, emit) => {
      try {
        stage.push(input, emit);
      } catch (cause) {
        throw toGatewayError(cause);
      }
    },
    finish: (emit) => {
      try {
        stage.finish(emit);
      } catch (cause) {
        throw toGatewayError(cause);
      }
    },
  };
}

import { GatewayError, type CanonicalEvent, type SseFrame } from '@sluice/core';
import type { UpstreamReply } from '@sluice/provider-kit';
import { ResponseAccumulator, type AccumulatedOutcome } from '@sluice/translator-kit';
import {
  compose,
  HoldUntilCommit,
  oneWritePerPush,
  pump,
  SseSerialiser,
  type PumpHandle,
  type StreamTransformer,
} from '@sluice/streaming';
import type { AnswerHeaders } from './client-answer.js';
import { AnswerTap } from './answer-tap.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { commits } from './commits.js';
import type { Exchange } from './exchange.js';
import { invalidAnswer } from './invalid-answer.js';
import { outcomeOfFailure } from './body-relay.js';
import { sanitiseError } from './sanitise-error.js';
import { toGatewayError } from './to-gateway-error.js';
import { answerWith, type TranslatedAnswerOptions } from './translated-body.js';
import { writeStreamError } from './write-stream-error.js';

export interface TranslatedStreamOptions {
  readonly exchange: Exchange;
  readonly reply: UpstreamReply;
  /** The vendor's bytes to canonical events. */
  readonly decoder: StreamTransformer<Buffer, CanonicalEvent>;
  /** Canonical events to the client's frames. */
  readonly encoder: StreamTransformer<CanonicalEvent, SseFrame>;
  readonly headers: AnswerHeaders;
  /** What the vendor's words may not repeat to the client. */
  readonly secrets: () => readonly string[];
}

/**
 * Translates a vendor's stream event by event, with the same endings as the pass-through relay: until the commit a failure
 * can go to another account, afterwards it is the last event of the client's stream.
 */
export class TranslatedStream {
  readonly #options: TranslatedStreamOptions;
  readonly #hold = new HoldUntilCommit<CanonicalEvent>({ isCommit: commits });
  readonly #tap: AnswerTap;
  #pump: PumpHandle | undefined;
  #resolve: ((outcome: AttemptOutcome) => void) | undefined;
  #forgetCancellation: (() => void) | undefined;

  constructor(options: TranslatedStreamOptions) {
    this.#options = options;
    this.#tap = new AnswerTap(options.exchange, () => this.#hold.hasCommitted);
  }

  /** Runs the stream to its end. Never rejects. */
  run(): Promise<AttemptOutcome> {
    const { exchange, reply, headers } = this.#options;
    const { answer } = exchange;
    return new Promise((resolve) => {
      this.#resolve = resolve;
      this.#pump = pump({
        source: reply.body,
        transformer: this.#stages(),
        sink: {
          write: (text: string) => {
            if (!answer.hasBegun) {
              exchange.status = reply.status;
              answer.begin(reply.status, headers);
            }
            return answer.write(text);
          },
          end: () => {},
          onDrain: (listener) => answer.onDrain(listener),
        },
        onEnd: () => this.#ended(),
        onError: (error) => this.#fail(invalidAnswer(error)),
      });
      if (this.#resolve === undefined) this.#pump.cancel('settled');
      else this.#forgetCancellation = exchange.cancellation.onCancel((reason) => this.#interrupted(reason));
    });
  }

  #stages(): StreamTransformer<Buffer, string> {
    const { decoder, encoder } = this.#options;
    const canonical = compose(decoder, this.#cleaned(), this.#tap, this.#hold);
    const stages = oneWritePerPush(compose(canonical, encoder, new SseSerialiser()));
    return {
      push: (chunk, emit) => {
        stages.push(chunk, emit);
        if (this.#tap.error !== undefined) this.#refused(this.#tap.error);
      },
      finish: (emit) => stages.finish(emit),
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

  /** The vendor reported a failure inside its stream: nothing of value follows. */
  #refused(error: GatewayError): void {
    this.#pump?.cancel(error);
    this.#ended();
  }

  #ended(): void {
    const { answer } = this.#options.exchange;
    const { error } = this.#tap;
    if (!answer.hasBegun) return this.#settle({ type: 'failed', error: error ?? emptyAnswer() });
    answer.end();
    this.#settle(error === undefined ? { type: 'answered' } : { type: 'broken', error });
  }

  #interrupted(reason: unknown): void {
    const error = toGatewayError(reason);
    this.#pump?.cancel(reason);
    if (this.#options.exchange.answer.hasBegun) return this.#fail(error);
    this.#settle({ type: 'interrupted', error });
  }

  #fail(error: GatewayError): void {
    const { exchange } = this.#options;
    if (!exchange.answer.hasBegun) return this.#settle({ type: 'failed', error });
    writeStreamError(exchange, error, false);
    this.#settle({ type: 'broken', error });
  }

  #settle(outcome: AttemptOutcome): void {
    this.#forgetCancellation?.();
    const resolve = this.#resolve;
    this.#resolve = undefined;
    resolve?.(outcome);
  }
}

/** A stream for a client that wants the whole: collected, then answered at once. Rejects only for a defect of ours. */
export function collectTranslatedStream(
  options: TranslatedAnswerOptions & { readonly decoder: StreamTransformer<Buffer, CanonicalEvent> },
): Promise<AttemptOutcome> {
  const { exchange, reply, decoder } = options;
  return new Promise((resolve, reject) => {
    let outcome: AttemptOutcome | undefined;
    const settle = (): void => {
      forget();
      resolve(outcome ?? { type: 'failed', error: emptyAnswer() });
    };
    const handle = pump({
      source: reply.body,
      transformer: compose(decoder, new ResponseAccumulator()),
      sink: {
        write: (collected: AccumulatedOutcome) => {
          try {
            outcome =
              collected.type === 'error'
                ? { type: 'failed', error: collected.error }
                : answerWith(collected.response, options);
          } catch (error) {
            reject(error);
          }
          return true;
        },
        end: () => {},
        onDrain: () => {},
      },
      onEnd: settle,
      onError: (cause) => {
        outcome ??= { type: 'failed', error: invalidAnswer(cause) };
        settle();
      },
    });
    const forget = exchange.cancellation.onCancel((reason) => {
      handle.cancel(reason);
      outcome ??= outcomeOfFailure(reason, exchange.cancellation);
      resolve(outcome);
    });
  });
}

function emptyAnswer(): GatewayError {
  return new GatewayError({ kind: 'upstream_truncated', message: "The vendor's answer was empty. Try again." });
}

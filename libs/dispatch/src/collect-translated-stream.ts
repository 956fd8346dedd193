import type { CanonicalEvent } from '@sluice/core';
import { compose, pump, type StreamTransformer } from '@sluice/streaming';
import { ResponseAccumulator, type AccumulatedOutcome } from '@sluice/translator-kit';
import type { AttemptOutcome } from './attempt-outcome.js';
import { outcomeOfFailure } from './body-relay.js';
import { truncatedAnswer, invalidAnswer } from './invalid-answer.js';
import { answerWith, type TranslatedAnswerOptions } from './translated-body.js';

export interface CollectStreamOptions extends TranslatedAnswerOptions {
  /** The vendor's bytes to canonical events. */
  readonly decoder: StreamTransformer<Buffer, CanonicalEvent>;
}

/** A stream for a client that wants the whole: collected, then answered at once. Rejects only for a defect of ours. */
export async function collectTranslatedStream(options: CollectStreamOptions): Promise<AttemptOutcome> {
  const { cancellation } = options.exchange;
  let collected: AccumulatedOutcome;
  try {
    collected = await accumulate(options);
  } catch (cause) {
    return cancellation.isCancelled
      ? outcomeOfFailure(cause, cancellation)
      : { type: 'failed', error: invalidAnswer(cause) };
  }
  if (cancellation.isCancelled) return outcomeOfFailure(cancellation.reason, cancellation);
  return collected.type === 'error'
    ? { type: 'failed', error: collected.error }
    : answerWith(collected.response, options);
}

/**
 * Reads until the stream has come to its outcome. An answer is waited for to the source's end, so that the connection can be
 * used again; a failure is not.
 * @throws what broke the source or the decoder; the cancellation's reason
 */
function accumulate({ exchange, reply, decoder }: CollectStreamOptions): Promise<AccumulatedOutcome> {
  return new Promise((resolve, reject) => {
    let outcome: AccumulatedOutcome | undefined;
    let stop = (reason: unknown): void => reply.body.cancel(reason);
    const forget = exchange.cancellation.onCancel((reason) => {
      stop(reason);
      reject(reason);
    });
    if (exchange.cancellation.isCancelled) return;
    const settle = (cause: unknown): void => {
      forget();
      if (outcome === undefined) reject(cause);
      else resolve(outcome);
    };
    const handle = pump({
      source: reply.body,
      transformer: compose(decoder, new ResponseAccumulator()),
      sink: {
        write: (collected: AccumulatedOutcome) => {
          outcome = collected;
          if (collected.type === 'error') {
            stop(collected.error);
            settle(undefined);
          }
          return true;
        },
        end: () => {},
        onDrain: () => {},
      },
      onEnd: () => settle(truncatedAnswer()),
      onError: settle,
    });
    stop = (reason) => handle.cancel(reason);
  });
}

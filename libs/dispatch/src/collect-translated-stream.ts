import type { CanonicalEvent } from '@sluice/core';
import type { UpstreamReply } from '@sluice/provider-kit';
import { compose, pump, type StreamTransformer } from '@sluice/streaming';
import { ResponseAccumulator, type AccumulatedOutcome } from '@sluice/translator-kit';
import type { AttemptOutcome } from './attempt-outcome.js';
import { metered } from './content-meter.js';
import { invalidAnswer, truncatedAnswer } from './invalid-answer.js';
import { toGatewayError } from './to-gateway-error.js';
import type { Exchange } from './exchange.js';
import type { Deliver } from './translated-body.js';

export interface CollectStreamOptions {
  readonly exchange: Exchange;
  readonly reply: UpstreamReply;
  /** The vendor's bytes to canonical events. */
  readonly decoder: StreamTransformer<Buffer, CanonicalEvent>;
  readonly deliver: Deliver;
}

/**
 * A stream for a client that wants the whole: collected, then delivered at once. The attempt lasts until the source has ended,
 * so that its connection can be used again; after a failure inside the stream nothing more is read. Rejects only for a
 * defect of ours.
 * @returns undefined when the answer was set aside
 */
export function collectTranslatedStream(options: CollectStreamOptions): Promise<AttemptOutcome | undefined> {
  const { cancellation } = options.exchange;
  const { body } = options.reply;
  if (cancellation.isCancelled) {
    body.cancel(cancellation.reason);
    return Promise.resolve({ type: 'interrupted', error: toGatewayError(cancellation.reason) });
  }
  return new Promise((resolve, reject) => {
    let delivered: { readonly outcome: AttemptOutcome | undefined } | undefined;
    const settle = (otherwise: AttemptOutcome): void => {
      forget();
      resolve(delivered === undefined ? otherwise : delivered.outcome);
    };
    const answer = (collected: AccumulatedOutcome): void => {
      if (collected.type === 'error') {
        body.cancel(collected.error);
        return settle({ type: 'failed', error: collected.error });
      }
      try {
        delivered = { outcome: options.deliver(collected.response) };
      } catch (defect) {
        forget();
        body.cancel(defect);
        reject(defect);
      }
    };
    const forget = cancellation.onCancel((reason) => {
      body.cancel(reason);
      settle({ type: 'interrupted', error: toGatewayError(reason) });
    });
    pump({
      source: body,
      transformer: compose(options.decoder, metered(options.exchange), new ResponseAccumulator()),
      sink: {
        write: (collected: AccumulatedOutcome) => {
          answer(collected);
          return true;
        },
        end: () => {},
        onDrain: () => {},
      },
      onEnd: () => settle({ type: 'failed', error: truncatedAnswer() }),
      onError: (cause) => settle({ type: 'failed', error: invalidAnswer(cause) }),
    });
  });
}

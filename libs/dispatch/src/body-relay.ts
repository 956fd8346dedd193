import { GatewayError } from '@sluice/core';
import type { UpstreamReply } from '@sluice/provider-kit';
import { collect, type Cancellation } from '@sluice/streaming';
import type { AnswerObserver, Observation } from '@sluice/translator-kit';
import type { AttemptOutcome } from './attempt-outcome.js';
import type { AnswerHeaders } from './client-answer.js';
import type { Exchange } from './exchange.js';
import { invalidAnswer } from './invalid-answer.js';
import type { ModelEcho } from './model-echo.js';

/** A whole answer is held in memory before it is sent, so that a failure inside it can still go to another account. */
export const MAX_ANSWER_BYTES = 128 * 1024 * 1024;

export interface BodyRelayOptions {
  readonly exchange: Exchange;
  readonly reply: UpstreamReply;
  readonly observer: AnswerObserver;
  readonly headers: AnswerHeaders;
  /** Undefined = the vendor's name for the model stays. */
  readonly echo?: ModelEcho | undefined;
}

/** Passes a whole answer through and reads from it what it cost. Rejects only for a defect of ours. */
export async function relayBody(options: BodyRelayOptions): Promise<AttemptOutcome> {
  const { exchange, reply, observer, headers, echo } = options;
  let body: Buffer;
  try {
    body = await collectAnswer(reply, exchange.cancellation);
  } catch (cause) {
    return outcomeOfFailure(cause, exchange.cancellation);
  }
  let observations: readonly Observation[];
  try {
    observations = observer.observeBody(body);
  } catch (cause) {
    return { type: 'failed', error: invalidAnswer(cause) };
  }
  for (const observation of observations) {
    if (observation.type === 'error') return { type: 'failed', error: observation.error };
    if (observation.type === 'usage') exchange.reportUsage(observation.usage);
    if (observation.type === 'finish') exchange.finishReason = observation.finishReason;
  }
  if (exchange.answer.isHeadSent && exchange.facts?.stream === true) return { type: 'failed', error: notStreamed() };
  if (exchange.usage?.output === undefined) exchange.contentChars = observer.contentCharsOf?.(body);
  exchange.status = reply.status;
  exchange.answer.respond(reply.status, headers, echo === undefined ? body : echo.inBody(body));
  return { type: 'answered' };
}

/**
 * A vendor's whole answer.
 * @throws GatewayError `upstream_invalid_response` above `MAX_ANSWER_BYTES`; the source's own error; the cancellation's reason
 */
export function collectAnswer({ body }: UpstreamReply, cancellation: Cancellation): Promise<Buffer> {
  return collect(body, { maxBytes: MAX_ANSWER_BYTES, cancellation, onTooLarge: answerTooLarge });
}

/** Tells a failed call from one that was stopped from outside. */
export function outcomeOfFailure(cause: unknown, cancellation: Cancellation): AttemptOutcome {
  if (cancellation.isCancelled && cancellation.reason instanceof GatewayError) {
    return { type: 'interrupted', error: cancellation.reason };
  }
  if (cause instanceof GatewayError) return { type: 'failed', error: cause };
  throw cause; // a defect of ours: the dispatcher answers it as one, and no account is blamed
}

/** The client has been told to read a stream, by the sign of life that kept it waiting. */
function notStreamed(): GatewayError {
  return new GatewayError({
    kind: 'upstream_invalid_response',
    message: 'The vendor was asked for a stream and answered with one document. Ask it without `stream`.',
  });
}

function answerTooLarge(): GatewayError {
  return new GatewayError({
    kind: 'upstream_invalid_response',
    message: `The vendor's answer is larger than ${MAX_ANSWER_BYTES} bytes. Ask for less, or stream the answer.`,
  });
}

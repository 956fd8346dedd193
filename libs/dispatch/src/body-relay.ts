import { GatewayError } from '@sluice/core';
import type { UpstreamReply } from '@sluice/provider-kit';
import type { Cancellation } from '@sluice/streaming';
import type { AnswerObserver } from '@sluice/translator-kit';
import type { AttemptOutcome } from './attempt-outcome.js';
import type { AnswerHeaders } from './client-answer.js';
import { collectReply } from './collect-reply.js';
import type { Exchange } from './exchange.js';

/** A whole answer is held in memory before it is sent, so that a failure inside it can still go to another account. */
export const MAX_ANSWER_BYTES = 128 * 1024 * 1024;

export interface BodyRelayOptions {
  readonly exchange: Exchange;
  readonly reply: UpstreamReply;
  readonly observer: AnswerObserver;
  readonly headers: AnswerHeaders;
  /** Changes the answer's bytes before they are sent (the model name that the client asked for). */
  readonly rewrite?: (body: Buffer) => Buffer;
}

/** Passes a whole answer through and reads from it what it cost. Never rejects. */
export async function relayBody(options: BodyRelayOptions): Promise<AttemptOutcome> {
  const { exchange, reply, observer, headers, rewrite } = options;
  let body: Buffer;
  try {
    body = await collectReply(reply.body, MAX_ANSWER_BYTES, exchange.cancellation);
  } catch (cause) {
    return outcomeOfFailure(cause, exchange.cancellation);
  }
  for (const observation of observer.observeBody(body)) {
    if (observation.type === 'error') return { type: 'failed', error: observation.error };
    if (observation.type === 'usage') exchange.usage = observation.usage;
    if (observation.type === 'finish') exchange.finishReason = observation.finishReason;
  }
  exchange.status = reply.status;
  exchange.answer.respond(reply.status, headers, rewrite === undefined ? body : rewrite(body));
  return { type: 'answered' };
}

/** Tells a failed call from one that was stopped from outside. */
export function outcomeOfFailure(cause: unknown, cancellation: Cancellation): AttemptOutcome {
  if (cancellation.isCancelled && cancellation.reason instanceof GatewayError) {
    return { type: 'interrupted', error: cancellation.reason };
  }
  if (cause instanceof GatewayError) return { type: 'failed', error: cause };
  throw cause; // a defect of ours: the dispatcher answers it as one, and no account is blamed
}

import { EventGrammar, GatewayError, type CanonicalEvent, type WireFrame } from '@sluice/core';
import {
  ResponseAccumulator,
  type AccumulatedOutcome,
  type TranslatedClient,
  type TranslatedUpstream,
} from '@sluice/translator-kit';
import { deepFreeze } from '../deep-freeze.js';
import { expectThat } from '../fuzz-fault.js';
import { checkMessage, UPSTREAM_KINDS } from './allowed-refusals.js';
import { checkFinish } from './check-finish.js';
import { checkClientBody, checkClientEvents, type Exchange } from './client-outputs.js';
import { expectBoundedSteps } from './expect-bounded.js';

const BROKEN_FRAMING = new GatewayError({
  kind: 'upstream_invalid_response',
  message: 'The vendor’s stream is damaged.',
});

/**
 * Decodes frames and renders what they say for a client, as a stream and as a whole answer.
 * @param isBroken the framing gave up behind these frames, so that the decoder never learns of an end
 */
export function checkAnswerFrames(
  { upstream, id }: TranslatedUpstream,
  { frames, isBroken }: { readonly frames: readonly WireFrame[]; readonly isBroken: boolean },
  { client, exchange }: { readonly client: TranslatedClient; readonly exchange: Exchange },
): void {
  const events: CanonicalEvent[] = [];
  const grammar = new EventGrammar();
  const keep = (event: CanonicalEvent): void => {
    grammar.accept(event);
    if (event.type === 'response-error') checkFailure(event.error);
    if (event.type === 'response-end') checkFinish(event.finishReason);
    events.push(deepFreeze(event));
  };
  const decoder = upstream.translation.createStreamDecoder(exchange.context, exchange.request);
  for (const frame of frames) decoder.push(frame, keep);
  if (!isBroken) decoder.finish(keep);
  const hasEnded = events.at(-1)?.type === 'response-end' || events.at(-1)?.type === 'response-error';
  if (!isBroken) grammar.end();
  expectBoundedSteps(`events of ${id}`, events.length, exchange.inputBytes);
  const failure = hasEnded ? undefined : BROKEN_FRAMING;
  checkClientEvents(client, { events, failure }, exchange);
  if (hasEnded) checkCollected(events, client, exchange);
}

/** @throws FuzzFault when a failure of the vendor's is not told as one */
export function checkFailure(error: GatewayError): void {
  expectThat(error instanceof GatewayError, 'a failure that is no GatewayError');
  expectThat(UPSTREAM_KINDS.has(error.kind), 'a failure of the vendor’s with another kind', () => error.kind);
  checkMessage(error);
}

function checkCollected(events: readonly CanonicalEvent[], client: TranslatedClient, exchange: Exchange): void {
  const outcomes: AccumulatedOutcome[] = [];
  const accumulator = new ResponseAccumulator();
  for (const event of events) accumulator.push(event, (outcome) => outcomes.push(outcome));
  accumulator.finish((outcome) => outcomes.push(outcome));
  const [outcome] = outcomes;
  expectThat(outcomes.length === 1 && outcome !== undefined, 'a stream has not exactly one outcome');
  if (outcome.type === 'error') return;
  deepFreeze(outcome.response);
  checkClientBody(client, outcome.response, exchange);
}

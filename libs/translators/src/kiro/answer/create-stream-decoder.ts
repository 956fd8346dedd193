import type { CanonicalEvent, CanonicalRequest, WireFrame } from '@sluice/core';
import { compose, type StreamTransformer } from '@sluice/streaming';
import { ThinkTagSplitter, type TranslationContext } from '@sluice/translator-kit';
import { exchangeFacts } from '../exchange-facts.js';
import { ToolNames } from '../tool-names.js';
import { ReasoningPresenter } from './reasoning-presenter.js';
import { reasoningPresentation } from './reasoning-presentation.js';
import { StopSequenceCutter } from './stop-sequence-cutter.js';
import { KiroStreamDecoder } from './stream-decoder.js';
import { TextCallReader } from './text-call-reader.js';

/**
 * The decoder of one answer, and behind it what the request and the account ask for: tags of models that think without being
 * taught, another way of showing thinking, the end at a stop sequence.
 */
export function createStreamDecoder(
  context: TranslationContext,
  request: CanonicalRequest,
): StreamTransformer<WireFrame, CanonicalEvent> {
  const facts = exchangeFacts(request, context);
  let decoder: StreamTransformer<WireFrame, CanonicalEvent> = new KiroStreamDecoder({ context, request, facts });
  if (facts.dialect.textToolCalls) decoder = compose(decoder, new TextCallReader(request, new ToolNames(request)));
  if (facts.isThinkingWanted && facts.reasoning.way === 'impossible')
    decoder = compose(decoder, new ThinkTagSplitter());
  const presentation = reasoningPresentation(request, facts, context.clientFormat);
  if (presentation !== undefined) decoder = compose(decoder, new ReasoningPresenter(presentation));
  const { stop = [] } = request.sampling;
  return stop.length === 0 ? decoder : compose(decoder, new StopSequenceCutter(stop));
}

import type { CanonicalEvent, CanonicalRequest, WireFrame } from '@sluice/core';
import { compose, type StreamTransformer } from '@sluice/streaming';
import type { TranslationContext } from '@sluice/translator-kit';
import { StopSequenceCutter } from './stop-sequence-cutter.js';
import { KiroStreamDecoder } from './stream-decoder.js';

/** The decoder of one answer, ending at the request's stop sequences. */
export function createStreamDecoder(
  context: TranslationContext,
  request: CanonicalRequest,
): StreamTransformer<WireFrame, CanonicalEvent> {
  const decoder = new KiroStreamDecoder(context, request);
  const { stop = [] } = request.sampling;
  return stop.length === 0 ? decoder : compose(decoder, new StopSequenceCutter(stop));
}

import type { CanonicalEvent, SseFrame } from '@sluice/core';
import type { StreamTransformer } from '@sluice/streaming';
import type { Exchange } from './exchange.js';

type Encoder = StreamTransformer<CanonicalEvent, SseFrame>;

/** The encoder of a stream whose whole answer is remembered as soon as a frame holds it. A stream that breaks off leaves nothing. */
export function remembered(encoder: Encoder, { conversation }: Exchange): Encoder {
  if (conversation?.facts.isKept !== true) return encoder;
  const { side } = conversation;
  const noting = (emit: (frame: SseFrame) => void) => (frame: SseFrame) => {
    const answer = side.answerIn(frame);
    if (answer !== undefined) conversation.keep(answer);
    emit(frame);
  };
  return {
    push: (event, emit) => encoder.push(event, noting(emit)),
    finish: (emit) => encoder.finish(noting(emit)),
  };
}

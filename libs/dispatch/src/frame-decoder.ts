import type { WireFrame } from '@sluice/core';
import { EventStreamDecoder } from '@sluice/event-stream';
import { SseParser, type StreamTransformer } from '@sluice/streaming';
import type { UpstreamSide } from '@sluice/translator-kit';

/** Cuts a vendor's bytes into the frames of its framing. */
export function frameDecoder(framing: UpstreamSide['framing']): StreamTransformer<Buffer, WireFrame> {
  switch (framing) {
    case 'sse':
      return new SseParser();
    case 'aws-event-stream':
      return new EventStreamDecoder();
    default:
      return unknownFraming(framing);
  }
}

function unknownFraming(framing: never): never {
  throw new TypeError(`unknown framing ${String(framing)}`);
}

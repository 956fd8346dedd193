import type { WireFrame, WireHeaders } from '@sluice/core';
import { EventStreamDecoder } from '@sluice/event-stream';
import { SseParser, type StreamTransformer } from '@sluice/streaming';
import type { UpstreamSide } from '@sluice/translator-kit';
import { isEventStream, isJson } from './path-options.js';

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

/** Whether a vendor's answer comes in the frames of its format; else it is one document. */
export function isFramed(framing: UpstreamSide['framing'], headers: WireHeaders): boolean {
  return framing === 'aws-event-stream' ? !isJson(headers) : isEventStream(headers);
}

function unknownFraming(framing: never): never {
  throw new TypeError(`unknown framing ${String(framing)}`);
}

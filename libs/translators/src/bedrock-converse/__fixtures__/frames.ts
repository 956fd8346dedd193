import type { BinaryFrame, CanonicalEvent, CanonicalRequest, JsonObject } from '@sluice/core';
import { encodeMessage, EventStreamDecoder, inferHeaders } from '@sluice/event-stream';
import { compose } from '@sluice/streaming';
import type { TranslationContext } from '@sluice/translator-kit';
import { ConverseStreamDecoder } from '../answer/stream-decoder.js';
import type { NamedEvent } from './answers.js';
import { contextOf, requestOf } from './requests.js';

function message(headers: Readonly<Record<string, string>>, payload: string): Buffer {
  return encodeMessage({ typedHeaders: inferHeaders(headers), payload: Buffer.from(payload) });
}

/** Events as the vendor sends them. */
export function bytesOf(...events: readonly NamedEvent[]): Buffer {
  return Buffer.concat(
    events.map(([name, payload]) =>
      message(
        { ':event-type': name, ':content-type': 'application/json', ':message-type': 'event' },
        JSON.stringify(payload),
      ),
    ),
  );
}

/** A modelled failure inside a stream. */
export function exceptionBytes(name: string, payload: JsonObject): Buffer {
  const headers = {
    ':exception-type': name,
    ':content-type': 'application/json',
    ':message-type': 'exception',
  };
  return message(headers, JSON.stringify(payload));
}

/** A failure that the service does not model. */
export function errorBytes(code: string, text: string): Buffer {
  return message({ ':message-type': 'error', ':error-code': code, ':error-message': text }, '');
}

/** A frame as the framing's decoder gives it. */
export function frameOf([name, payload]: NamedEvent): BinaryFrame {
  const headers = { ':event-type': name, ':message-type': 'event' };
  return { kind: 'binary', headers, payload: Buffer.from(JSON.stringify(payload)) };
}

export interface Circumstances {
  readonly request?: CanonicalRequest;
  readonly context?: TranslationContext;
}

/** Everything that the decoder makes of bytes that come in pieces. */
export function decodePieces(
  pieces: readonly Buffer[],
  { request = requestOf(), context = contextOf() }: Circumstances = {},
): readonly CanonicalEvent[] {
  const events: CanonicalEvent[] = [];
  const decoder = compose(new EventStreamDecoder(), new ConverseStreamDecoder(context, request));
  const keep = (event: CanonicalEvent): void => void events.push(event);
  for (const piece of pieces) decoder.push(piece, keep);
  decoder.finish(keep);
  return events;
}

import { EventStreamDecoder, type EventStreamDecoderOptions } from '../event-stream-decoder.js';
import type { EventStreamMessage } from '../event-stream-message.js';

/** What a decoder made of some bytes. */
export interface Decoded {
  readonly messages: readonly EventStreamMessage[];
  /** What `push` or `finish` threw. */
  readonly error: unknown;
}

/** Runs the pieces of a stream through one decoder, to its end or its first error. */
export function decodeAll(pieces: readonly Buffer[], options?: EventStreamDecoderOptions): Decoded {
  const decoder = new EventStreamDecoder(options);
  const messages: EventStreamMessage[] = [];
  try {
    for (const piece of pieces) decoder.push(piece, (message) => messages.push(message));
    decoder.finish();
  } catch (error) {
    return { messages, error };
  }
  return { messages, error: undefined };
}

/** The typed headers and the payload as text: what the hand-written frames say. */
export function spoken({ typedHeaders, payload }: EventStreamMessage): object {
  return { headers: typedHeaders, payload: payload.toString('utf8') };
}

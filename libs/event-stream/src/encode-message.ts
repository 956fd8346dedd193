import { crc32 } from 'node:zlib';
import { encodeHeaders } from './encode-headers.js';
import { EventStreamError } from './event-stream-error.js';
import type { EventStreamHeader } from './header.js';
import { DEFAULT_LIMITS, type EventStreamLimits } from './limits.js';
import {
  HEADERS_LENGTH_OFFSET,
  MESSAGE_CRC_BYTES,
  MIN_MESSAGE_BYTES,
  PRELUDE_BYTES,
  PRELUDE_CRC_OFFSET,
} from './message-layout.js';

/** What a message is written from; an `EventStreamMessage` is one. */
export interface EncodableMessage {
  readonly typedHeaders: readonly EventStreamHeader[];
  readonly payload: Uint8Array;
}

/**
 * One message as bytes. The same message gives the same bytes, and a decoded one those it came from.
 * @throws EventStreamError `header-…`, `headers-too-large`, `message-too-large`
 */
export function encodeMessage(message: EncodableMessage, limits: EventStreamLimits = DEFAULT_LIMITS): Buffer {
  const headers = encodeHeaders(message.typedHeaders);
  if (headers.length > limits.maxHeadersBytes) {
    throw new EventStreamError(
      'headers-too-large',
      `${headers.length} bytes of headers; ${limits.maxHeadersBytes} are allowed`,
    );
  }
  const total = MIN_MESSAGE_BYTES + headers.length + message.payload.length;
  if (total > limits.maxMessageBytes) {
    throw new EventStreamError(
      'message-too-large',
      `a message of ${total} bytes; ${limits.maxMessageBytes} are allowed`,
    );
  }

  const bytes = Buffer.allocUnsafe(total);
  bytes.writeUInt32BE(total, 0);
  bytes.writeUInt32BE(headers.length, HEADERS_LENGTH_OFFSET);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, PRELUDE_CRC_OFFSET)), PRELUDE_CRC_OFFSET);
  bytes.set(headers, PRELUDE_BYTES);
  bytes.set(message.payload, PRELUDE_BYTES + headers.length);
  const crcOffset = total - MESSAGE_CRC_BYTES;
  bytes.writeUInt32BE(crc32(bytes.subarray(0, crcOffset)), crcOffset);
  return bytes;
}

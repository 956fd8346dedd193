import { EventStreamError, type EventStreamErrorCode } from './event-stream-error.js';
import type { EventStreamLimits } from './limits.js';
import { HEADERS_LENGTH_OFFSET, MIN_MESSAGE_BYTES, PRELUDE_BYTES, PRELUDE_CRC_OFFSET } from './message-layout.js';
import { preludeCrc } from './prelude-crc.js';
import { readUint32 } from './read-uint32.js';

/** What can be wrong with a prelude. */
export type PreludeFault = Extract<
  EventStreamErrorCode,
  'prelude-crc' | 'message-too-small' | 'message-too-large' | 'headers-length' | 'headers-too-large'
>;

/**
 * Checks the 12 bytes at `offset`: the checksum first, so that a damaged length is called damaged and not large. Nothing may
 * be read, kept or waited for by a length that has not passed here.
 */
export function findPreludeFault(bytes: Buffer, offset: number, limits: EventStreamLimits): PreludeFault | undefined {
  if (preludeCrc(bytes, offset) !== readUint32(bytes, offset + PRELUDE_CRC_OFFSET)) return 'prelude-crc';
  const total = readUint32(bytes, offset);
  if (total < MIN_MESSAGE_BYTES) return 'message-too-small';
  if (total > limits.maxMessageBytes) return 'message-too-large';
  const headers = readUint32(bytes, offset + HEADERS_LENGTH_OFFSET);
  if (headers > total - MIN_MESSAGE_BYTES) return 'headers-length';
  return headers > limits.maxHeadersBytes ? 'headers-too-large' : undefined;
}

/** The error for a fault, with the numbers that were found. */
export function preludeError(fault: PreludeFault, prelude: Buffer, limits: EventStreamLimits): EventStreamError {
  const total = readUint32(prelude, 0);
  const headers = readUint32(prelude, HEADERS_LENGTH_OFFSET);
  switch (fault) {
    case 'prelude-crc':
      return new EventStreamError(fault, 'the checksum of a message prelude does not match');
    case 'message-too-small':
      return new EventStreamError(
        fault,
        `a message of ${total} bytes was announced; none is below ${MIN_MESSAGE_BYTES}`,
      );
    case 'message-too-large':
      return new EventStreamError(
        fault,
        `a message of ${total} bytes was announced; ${limits.maxMessageBytes} are allowed`,
      );
    case 'headers-length':
      return new EventStreamError(fault, `${headers} bytes of headers were announced in a message of ${total}`);
    case 'headers-too-large':
      return new EventStreamError(
        fault,
        `${headers} bytes of headers were announced; ${limits.maxHeadersBytes} are allowed`,
      );
  }
}

/**
 * The first offset from `from` on where a good prelude stands; without one, the first offset that these bytes cannot decide.
 * Most bytes are decided by the length alone, without a checksum.
 */
export function findNextPrelude(bytes: Buffer, from: number, limits: EventStreamLimits): number {
  const undecided = Math.max(from, bytes.length - PRELUDE_BYTES + 1);
  for (let offset = from; offset < undecided; offset += 1) {
    const total = readUint32(bytes, offset);
    if (total < MIN_MESSAGE_BYTES || total > limits.maxMessageBytes) continue;
    if (findPreludeFault(bytes, offset, limits) === undefined) return offset;
  }
  return undecided;
}

import { MIN_MESSAGE_BYTES } from './message-layout.js';

/** @see https://github.com/awslabs/aws-c-event-stream/blob/main/include/aws/event-stream/event_stream.h AWS_EVENT_STREAM_MAX_MESSAGE_SIZE */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** The specification's own limit. @see https://smithy.io/2.0/aws/amazon-eventstream.html#message-format */
export const MAX_HEADERS_BYTES = 128 * 1024;

/** The name's length is one byte. @see https://smithy.io/2.0/aws/amazon-eventstream.html#headers-format */
export const MAX_HEADER_NAME_BYTES = 255;

/** A text or bytes value has 2^15-1 bytes at most. @see https://smithy.io/2.0/aws/amazon-eventstream.html#headers-format */
export const MAX_HEADER_VALUE_BYTES = 32_767;

/** At so many damaged places without a good message between them a tolerant decoder gives up; kiro-rs has the same number. */
export const MAX_CONSECUTIVE_DAMAGES = 5;

/** What an operator may change. The widths that the wire fixes (names, values) are constants instead. */
export interface EventStreamLimits {
  /**
   * Whole message with prelude, headers and checksums. Default `MAX_MESSAGE_BYTES`: what AWS's own C library accepts. The
   * specification lets a service send payloads of 24 MiB; raise it where one does.
   */
  readonly maxMessageBytes: number;
  /** Encoded headers of one message. Default `MAX_HEADERS_BYTES`. */
  readonly maxHeadersBytes: number;
  /** Default `MAX_CONSECUTIVE_DAMAGES`: at the fifth in a row the decoder gives up. Only for one that skips damage. */
  readonly maxConsecutiveDamages: number;
}

export const DEFAULT_LIMITS: EventStreamLimits = Object.freeze({
  maxMessageBytes: MAX_MESSAGE_BYTES,
  maxHeadersBytes: MAX_HEADERS_BYTES,
  maxConsecutiveDamages: MAX_CONSECUTIVE_DAMAGES,
});

/**
 * The defaults with what the caller changed.
 * @throws RangeError when a limit is not a whole number, or so small that nothing passes
 */
export function resolveLimits(limits: Partial<EventStreamLimits> = {}): EventStreamLimits {
  const resolved = { ...DEFAULT_LIMITS, ...limits };
  assertAtLeast('maxMessageBytes', resolved.maxMessageBytes, MIN_MESSAGE_BYTES);
  assertAtLeast('maxHeadersBytes', resolved.maxHeadersBytes, 0);
  assertAtLeast('maxConsecutiveDamages', resolved.maxConsecutiveDamages, 1);
  return Object.freeze(resolved);
}

function assertAtLeast(name: keyof EventStreamLimits, value: number, minimum: number): void {
  if (!Number.isSafeInteger(value) || value < minimum) {
    throw new RangeError(`${name} must be a whole number of at least ${minimum}, not ${value}`);
  }
}

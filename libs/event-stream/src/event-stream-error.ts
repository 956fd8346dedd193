/**
 * What is wrong with a message, or with the attempt to write one:
 * - `prelude-crc`, `message-crc`: a checksum does not match.
 * - `message-too-small`, `message-too-large`: the announced total is below 16 bytes or above the limit.
 * - `headers-length`: the announced headers do not fit into the message. `headers-too-large`: they exceed the limit.
 * - `header-name`: empty, longer than 255 bytes or not text. `header-duplicate`: a name came twice.
 * - `header-type`: an unknown type. `header-value`: a value that runs past the headers, or that its type cannot hold.
 * - `message-type`: a `:message-type` that is neither event, exception nor error.
 * - `truncated`: the stream ended inside a message.
 * - `too-damaged`: a tolerant decoder has given up.
 */
export type EventStreamErrorCode =
  | 'prelude-crc'
  | 'message-crc'
  | 'message-too-small'
  | 'message-too-large'
  | 'headers-length'
  | 'headers-too-large'
  | 'header-name'
  | 'header-duplicate'
  | 'header-type'
  | 'header-value'
  | 'message-type'
  | 'truncated'
  | 'too-damaged';

/** The bytes are not an event stream, or the value cannot be written as one. The message holds no payload. */
export class EventStreamError extends Error {
  constructor(
    readonly code: EventStreamErrorCode,
    message: string,
    options?: { readonly cause: unknown },
  ) {
    super(message, options);
    this.name = 'EventStreamError';
  }
}

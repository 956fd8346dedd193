/**
 * One message; all integers are big-endian:
 *
 *       0  uint32  total length, both checksums included
 *       4  uint32  headers length
 *       8  uint32  CRC-32 of bytes 0..8         the prelude ends here
 *      12  headers, each: uint8 name length · name · uint8 type · value
 *       …  payload
 *     -4  uint32  CRC-32 of everything before it
 *
 * CRC-32 is the one of zlib and gzip.
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html#message-format
 */
export const HEADERS_LENGTH_OFFSET = 4;
export const PRELUDE_CRC_OFFSET = 8;
export const PRELUDE_BYTES = 12;
export const MESSAGE_CRC_BYTES = 4;
/** A message without headers and payload. */
export const MIN_MESSAGE_BYTES = PRELUDE_BYTES + MESSAGE_CRC_BYTES;

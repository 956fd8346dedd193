export type { OnDamage, StreamDamage } from './damage-control.js';
export { encodeMessage, type EncodableMessage } from './encode-message.js';
export { EventStreamCodec } from './event-stream-codec.js';
export { EventStreamDecoder, type EventStreamDecoderOptions } from './event-stream-decoder.js';
export { EventStreamEncoder, type EventStreamEncoderOptions } from './event-stream-encoder.js';
export { EventStreamError, type EventStreamErrorCode } from './event-stream-error.js';
export type { EventStreamMessage } from './event-stream-message.js';
export { EVENT_STREAM_LIMITS, EventStreamModule } from './event-stream.module.js';
export type { EventStreamHeader } from './header.js';
export { MAX_CACHED_BLOCKS, HeaderBlockCache, MAX_CACHED_BLOCK_BYTES } from './header-block-cache.js';
export { inferHeaders } from './header-record.js';
export {
  DEFAULT_LIMITS,
  MAX_CONSECUTIVE_DAMAGES,
  MAX_HEADER_NAME_BYTES,
  MAX_HEADER_VALUE_BYTES,
  MAX_HEADERS_BYTES,
  MAX_MESSAGE_BYTES,
  resolveLimits,
  type EventStreamLimits,
} from './limits.js';
export { readMessageType, type MessageType } from './message-type.js';

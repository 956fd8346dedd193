import type { BinaryFrame } from '@sluice/core';
import { EventStreamError } from './event-stream-error.js';

const MESSAGE_TYPE_HEADER = ':message-type';

/** An event of the service, an error that its model knows, or one that it does not. */
export type MessageType = 'event' | 'exception' | 'error';

/**
 * The kind of a message. A message that does not say is an event: some proxies drop the header.
 * @throws EventStreamError `message-type` for any other word
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html#amazon-event-semantics
 */
export function readMessageType(headers: BinaryFrame['headers']): MessageType {
  const type = headers[MESSAGE_TYPE_HEADER] ?? 'event';
  if (type === 'event' || type === 'exception' || type === 'error') return type;
  throw new EventStreamError('message-type', `no message type is called ${JSON.stringify(String(type))}`);
}

import type { BinaryFrame } from '@sluice/core';
import type { EventStreamHeader } from './header.js';

/**
 * A decoded message: the frame that formats read, and the same headers with their wire types in wire order. Headers are
 * shared between messages with the same header bytes: look, do not change.
 */
export interface EventStreamMessage extends BinaryFrame {
  readonly typedHeaders: readonly EventStreamHeader[];
  /** A view into the bytes that came in, or into a private copy; copy it to keep it beyond the stream. */
  readonly payload: Buffer;
}

import type { BinaryFrame } from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { encodeMessage } from './encode-message.js';
import type { EventStreamMessage } from './event-stream-message.js';
import { inferHeaders } from './header-record.js';
import { resolveLimits, type EventStreamLimits } from './limits.js';

export interface EventStreamEncoderOptions {
  /** Default `DEFAULT_LIMITS`, member by member. */
  readonly limits?: Partial<EventStreamLimits>;
}

/**
 * Frames → bytes of `application/vnd.amazon.eventstream`. A frame from a decoder keeps its header types; the types of any
 * other are inferred from its values.
 * @throws EventStreamError from `push` when a frame cannot be written
 */
export class EventStreamEncoder implements StreamTransformer<BinaryFrame | EventStreamMessage, Buffer> {
  readonly #limits: EventStreamLimits;

  constructor(options: EventStreamEncoderOptions = {}) {
    this.#limits = resolveLimits(options.limits);
  }

  push(frame: BinaryFrame | EventStreamMessage, emit: Emit<Buffer>): void {
    const typedHeaders = 'typedHeaders' in frame ? frame.typedHeaders : inferHeaders(frame.headers);
    emit(encodeMessage({ typedHeaders, payload: frame.payload }, this.#limits));
  }

  /** Nothing waits: the format has no end marker. */
  finish(): void {}
}

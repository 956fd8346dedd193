import { EventStreamDecoder, type EventStreamDecoderOptions } from './event-stream-decoder.js';
import { EventStreamEncoder } from './event-stream-encoder.js';
import { HeaderBlockCache } from './header-block-cache.js';
import { resolveLimits, type EventStreamLimits } from './limits.js';

/** Makes the decoder and the encoder of a stream. All have the same limits, and the decoders one memory of header blocks. */
export class EventStreamCodec {
  readonly limits: EventStreamLimits;
  readonly #headerCache = new HeaderBlockCache();

  /** @throws RangeError when a limit makes no sense */
  constructor(limits: Partial<EventStreamLimits> = {}) {
    this.limits = resolveLimits(limits);
  }

  /** For one stream. */
  createDecoder(options: Pick<EventStreamDecoderOptions, 'onDamage'> = {}): EventStreamDecoder {
    return new EventStreamDecoder({ ...options, limits: this.limits, headerCache: this.#headerCache });
  }

  /** For one stream. */
  createEncoder(): EventStreamEncoder {
    return new EventStreamEncoder({ limits: this.limits });
  }
}

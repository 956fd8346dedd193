import { crc32 } from 'node:zlib';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { CarriedBytes } from './carried-bytes.js';
import { DamageControl, type OnDamage } from './damage-control.js';
import { EventStreamError } from './event-stream-error.js';
import type { EventStreamMessage } from './event-stream-message.js';
import { HeaderBlockCache, type HeaderBlock } from './header-block-cache.js';
import { resolveLimits, type EventStreamLimits } from './limits.js';
import { HEADERS_LENGTH_OFFSET, MESSAGE_CRC_BYTES, PRELUDE_BYTES } from './message-layout.js';
import { findNextPrelude, findPreludeFault, preludeError } from './prelude.js';
import { readUint32 } from './read-uint32.js';

export interface EventStreamDecoderOptions {
  /** Default `DEFAULT_LIMITS`, member by member. */
  readonly limits?: Partial<EventStreamLimits>;
  /** Default: one of its own. Share one between decoders of the same vendor, so that their first messages are cheap, too. */
  readonly headerCache?: HeaderBlockCache;
  /**
   * Makes the decoder tolerant: a damaged message is passed over and told here, and what follows it is decoded. Without it
   * the first damage ends the stream, which is what the specification demands.
   */
  readonly onDamage?: OnDamage;
}

/**
 * Bytes of `application/vnd.amazon.eventstream` → its messages. Both checksums of every message are checked; the prelude as
 * soon as its 12 bytes are there. Every cutting of the bytes gives the same messages. Once it has thrown it throws the same
 * error again.
 * @throws EventStreamError from `push` at damage, from `finish` when the stream ended inside a message (`truncated`)
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export class EventStreamDecoder implements StreamTransformer<Buffer, EventStreamMessage> {
  readonly #limits: EventStreamLimits;
  readonly #headerCache: HeaderBlockCache;
  readonly #damage: DamageControl;
  readonly #carried = new CarriedBytes();
  #failure: { readonly error: unknown } | undefined;

  constructor(options: EventStreamDecoderOptions = {}) {
    this.#limits = resolveLimits(options.limits);
    this.#headerCache = options.headerCache ?? new HeaderBlockCache();
    this.#damage = new DamageControl(this.#limits, options.onDamage);
  }

  push(chunk: Buffer, emit: Emit<EventStreamMessage>): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    try {
      const offset = this.#carried.length === 0 ? 0 : this.#completeCarried(chunk, emit);
      this.#decodeWhole(chunk, offset, emit);
    } catch (error) {
      this.#carried.clear();
      this.#failure = { error };
      throw error;
    }
  }

  finish(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    this.#damage.endSearch();
    const { length } = this.#carried;
    if (length === 0) return;
    throw new EventStreamError(
      'truncated',
      `the event stream ended inside a message, ${length} bytes behind its beginning`,
    );
  }

  /** Decodes the messages that lie in the chunk as a whole, in place; carries the rest over. */
  #decodeWhole(chunk: Buffer, from: number, emit: Emit<EventStreamMessage>): void {
    let offset = from;
    while (chunk.length - offset >= PRELUDE_BYTES) {
      if (!this.#acceptPrelude(chunk, offset)) {
        const next = findNextPrelude(chunk, offset + 1, this.#limits);
        this.#damage.searched(next - offset);
        offset = next;
        continue;
      }
      const total = readUint32(chunk, offset);
      if (total > chunk.length - offset) {
        this.#carried.want(total);
        break;
      }
      this.#decodeMessage(chunk, offset, total, emit);
      offset += total;
    }
    if (offset < chunk.length) this.#carried.append(chunk, offset);
  }

  /** Continues the message that an earlier chunk began. Returns the offset behind what it took. */
  #completeCarried(chunk: Buffer, emit: Emit<EventStreamMessage>): number {
    let offset = 0;
    for (;;) {
      offset = this.#carried.append(chunk, offset);
      if (!this.#carried.isComplete) return offset;
      const { bytes } = this.#carried;
      if (bytes.length > PRELUDE_BYTES) {
        this.#carried.clear();
        this.#decodeMessage(bytes, 0, bytes.length, emit);
        return offset;
      }
      if (this.#acceptPrelude(bytes, 0)) {
        this.#carried.want(readUint32(bytes, 0));
      } else {
        this.#damage.searched(1);
        this.#carried.dropFirst();
      }
    }
  }

  #acceptPrelude(bytes: Buffer, offset: number): boolean {
    const fault = findPreludeFault(bytes, offset, this.#limits);
    if (fault === undefined) {
      this.#damage.endSearch();
      return true;
    }
    this.#damage.beginSearch(() => preludeError(fault, bytes.subarray(offset, offset + PRELUDE_BYTES), this.#limits));
    return false;
  }

  /** Emits the message in `bytes[start, start + total)`, whose prelude is good. */
  #decodeMessage(bytes: Buffer, start: number, total: number, emit: Emit<EventStreamMessage>): void {
    const crcOffset = start + total - MESSAGE_CRC_BYTES;
    if (crc32(bytes.subarray(start, crcOffset)) !== readUint32(bytes, crcOffset)) {
      const error = new EventStreamError('message-crc', 'the checksum of a message does not match');
      this.#damage.dropMessage(error, total);
      return;
    }
    const headersStart = start + PRELUDE_BYTES;
    const headersEnd = headersStart + readUint32(bytes, start + HEADERS_LENGTH_OFFSET);
    const block = this.#readHeaders(bytes, headersStart, headersEnd);
    if (block instanceof EventStreamError) {
      this.#damage.dropMessage(block, total);
      return;
    }
    this.#damage.acceptMessage();
    const payload = bytes.subarray(headersEnd, crcOffset);
    emit({ kind: 'binary', headers: block.record, payload, typedHeaders: block.typed });
  }

  #readHeaders(bytes: Buffer, start: number, end: number): HeaderBlock | EventStreamError {
    try {
      return this.#headerCache.read(bytes, start, end);
    } catch (error) {
      if (error instanceof EventStreamError) return error;
      throw error;
    }
  }
}

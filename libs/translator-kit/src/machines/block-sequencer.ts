import { GatewayError, type CanonicalEvent } from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { WaitingBlock, type BlockPart, type BlockStartEvent } from './waiting-block.js';

/** Blocks that may wait for their turn at the same time. */
export const MAX_WAITING_BLOCKS = 1024;
/** UTF-16 units that waiting blocks may hold together; what a vendor's largest tool calls need, many times over. */
export const MAX_WAITING_CHARS = 16 * 1024 * 1024;

export interface BlockSequencerOptions {
  /** Default `MAX_WAITING_BLOCKS`. */
  readonly maxBlocks?: number;
  /** Default `MAX_WAITING_CHARS`. */
  readonly maxChars?: number;
}

/**
 * Interleaved blocks → one open block at a time with the indices 0, 1, 2 …, in the order in which they began. Anthropic's
 * SDKs assemble messages that way only.
 *
 * ```text
 *  in    start 4 · start 7 · delta 4 · delta 7 · delta 4 · end 4 ·                   delta 7 · end 7
 *  out   start 0 ·           delta 0 ·           delta 0 · end 0 · start 1 · delta 1 · delta 1 · end 1
 * ```
 *
 * The open block is never delayed. Deltas of a waiting block are joined. Everything that belongs to no block passes at once.
 * A failure ends the stream without the blocks that still wait: half a tool call must not look like a whole one.
 * More waiting content than the limits allow ends the stream with `response-error` (`upstream_invalid_response`).
 *
 * Input obeys the event grammar.
 * @throws TypeError for an event of a block that is not open
 */
export class BlockSequencer implements StreamTransformer<CanonicalEvent, CanonicalEvent> {
  readonly #maxBlocks: number;
  readonly #maxChars: number;
  /** By incoming index; a Map keeps the order of first appearance. */
  readonly #waiting = new Map<number, WaitingBlock>();
  #waitingChars = 0;
  /** The incoming index of the open block. */
  #current: number | undefined;
  /** The outgoing index of the open block, or of the last one. */
  #outgoing = -1;
  #hasEnded = false;

  constructor(options: BlockSequencerOptions = {}) {
    this.#maxBlocks = options.maxBlocks ?? MAX_WAITING_BLOCKS;
    this.#maxChars = options.maxChars ?? MAX_WAITING_CHARS;
  }

  push(event: CanonicalEvent, emit: Emit<CanonicalEvent>): void {
    if (this.#hasEnded) return;
    switch (event.type) {
      case 'block-start':
        if (this.#current === undefined) this.#open(event, emit);
        else this.#queue(event, emit);
        return;
      case 'block-delta':
      case 'block-mark':
      case 'block-end':
        if (event.index === this.#current) this.#forward(event, emit);
        else this.#hold(event, emit);
        return;
      case 'response-error':
        this.#fail(event.error, emit);
        return;
      default:
        emit(event);
    }
  }

  finish(): void {
    this.#waiting.clear();
  }

  #open(start: BlockStartEvent, emit: Emit<CanonicalEvent>): void {
    this.#current = start.index;
    this.#outgoing += 1;
    emit(this.#renumbered(start));
  }

  #forward(event: BlockPart, emit: Emit<CanonicalEvent>): void {
    emit(this.#renumbered(event));
    if (event.type !== 'block-end') return;
    this.#current = undefined;
    this.#openNext(emit);
  }

  /** Opens waiting blocks until one is still open. */
  #openNext(emit: Emit<CanonicalEvent>): void {
    for (const [index, block] of this.#waiting) {
      this.#waiting.delete(index);
      this.#waitingChars -= block.chars;
      this.#open(block.start, emit);
      for (const part of block.parts) emit(this.#renumbered(part));
      if (!block.hasEnded) return;
      this.#current = undefined;
    }
  }

  #queue(start: BlockStartEvent, emit: Emit<CanonicalEvent>): void {
    const block = new WaitingBlock(start);
    this.#waiting.set(start.index, block);
    this.#count(block.chars, emit);
  }

  #hold(event: BlockPart, emit: Emit<CanonicalEvent>): void {
    const block = this.#waiting.get(event.index);
    if (block === undefined) throw new TypeError(`${event.type} for block ${event.index}, which is not open`);
    this.#count(block.add(event), emit);
  }

  #count(chars: number, emit: Emit<CanonicalEvent>): void {
    this.#waitingChars += chars;
    if (this.#waitingChars <= this.#maxChars && this.#waiting.size <= this.#maxBlocks) return;
    const message = 'The vendor mixed more blocks of its answer than the gateway can put in order.';
    this.#fail(new GatewayError({ kind: 'upstream_invalid_response', message }), emit);
  }

  #fail(error: GatewayError, emit: Emit<CanonicalEvent>): void {
    this.#hasEnded = true;
    this.#waiting.clear();
    emit({ type: 'response-error', error });
  }

  /** The same object where the index is right already, which it is in every stream that does not interleave. */
  #renumbered<Event extends BlockStartEvent | BlockPart>(event: Event): Event {
    return event.index === this.#outgoing ? event : { ...event, index: this.#outgoing };
  }
}

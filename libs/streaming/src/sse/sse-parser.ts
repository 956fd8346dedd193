import type { SseFrame } from '@sluice/core';
import type { Emit, StreamTransformer } from '../stream-transformer.js';
import { MAX_EVENT_BYTES, SseScanner, type OnBlock } from './sse-scanner.js';

export interface SseParserOptions {
  /** Default `MAX_EVENT_BYTES`. Counted from the event's first line to its blank line. */
  readonly maxEventBytes?: number;
}

/**
 * Bytes of an event stream → its events. A last event without its blank line is accepted at `finish`, unless it was visibly
 * broken off (`hasPartialTail`).
 * @throws SseLimitError from `push` when an event is larger than `maxEventBytes`
 */
export class SseParser implements StreamTransformer<Buffer, SseFrame> {
  readonly #scanner: SseScanner;
  readonly #onBlock: OnBlock;
  #emit: Emit<SseFrame> | undefined;
  #hasPartialTail = false;

  constructor(options: SseParserOptions = {}) {
    const { maxEventBytes = MAX_EVENT_BYTES } = options;
    this.#scanner = new SseScanner({ maxEventBytes, onOversize: 'throw' });
    this.#onBlock = (_end, frame) => {
      if (frame !== undefined) this.#emit?.(frame);
    };
  }

  /** After `finish`: the input ended inside an event, which was not emitted. */
  get hasPartialTail(): boolean {
    return this.#hasPartialTail;
  }

  push(chunk: Buffer, emit: Emit<SseFrame>): void {
    this.#emit = emit;
    this.#scanner.scan(chunk, this.#onBlock);
  }

  finish(emit: Emit<SseFrame>): void {
    const { frame, isCut } = this.#scanner.finish();
    this.#hasPartialTail = isCut;
    if (frame !== undefined) emit(frame);
  }
}

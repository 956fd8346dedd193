import type { JsonObject, SseFrame } from '@sluice/core';
import type { Emit } from '@sluice/streaming';

/** What the deltas of a block are called, and where they keep their text. */
export type GrowthKind = 'text' | 'thinking' | 'input';

/** Everything before and after a delta's text. The text itself goes through `JSON.stringify`, so that the whole is JSON. */
const DELTA_MIDDLES: Readonly<Record<GrowthKind, string>> = {
  text: ',"delta":{"type":"text_delta","text":',
  thinking: ',"delta":{"type":"thinking_delta","thinking":',
  input: ',"delta":{"type":"input_json_delta","partial_json":',
};
const DELTA_END = '}}';

/** An event of the stream under its own name. */
export function eventFrame(type: string, members: JsonObject): SseFrame {
  return { kind: 'sse', event: type, data: JSON.stringify({ type, ...members }) };
}

/**
 * Writes one block at a time: `content_block_start`, deltas, `content_block_stop`. The delta's frame is built around the
 * text from parts that are made once per block: 0.3 µs instead of 1 µs for the whole object.
 */
export class BlockWriter {
  #nextIndex = 0;
  #index = -1;
  #isOpen = false;
  #deltaStart = '';

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The number of the open block, or of the last one. */
  get index(): number {
    return this.#index;
  }

  /** Takes a number for a block that somebody else writes. */
  readonly skipIndex = (): number => this.#nextIndex++;

  open(block: JsonObject, growth: GrowthKind | undefined, emit: Emit<SseFrame>): void {
    this.#index = this.#nextIndex++;
    this.#isOpen = true;
    this.#deltaStart =
      growth === undefined ? '' : `{"type":"content_block_delta","index":${this.#index}${DELTA_MIDDLES[growth]}`;
    emit(eventFrame('content_block_start', { index: this.#index, content_block: block }));
  }

  /** The hot path. Text for a block that does not grow is left out. */
  grow(text: string, emit: Emit<SseFrame>): void {
    if (this.#deltaStart === '') return;
    emit({
      kind: 'sse',
      event: 'content_block_delta',
      data: this.#deltaStart + JSON.stringify(text) + DELTA_END,
    });
  }

  /** Everything that still comes for the open block is left out. */
  stopGrowing(): void {
    this.#deltaStart = '';
  }

  /** A delta that is no text. */
  delta(delta: JsonObject, emit: Emit<SseFrame>): void {
    emit(eventFrame('content_block_delta', { index: this.#index, delta }));
  }

  close(rest: JsonObject | undefined, emit: Emit<SseFrame>): void {
    this.#isOpen = false;
    this.#deltaStart = '';
    emit(eventFrame('content_block_stop', { index: this.#index, ...rest }));
  }
}

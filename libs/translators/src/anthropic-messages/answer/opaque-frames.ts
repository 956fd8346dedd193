import type { JsonObject, SseFrame } from '@sluice/core';
import { parseJsonObject } from '@sluice/translator-kit';

const DELTA_EVENT = /^\s*\{\s*"type"\s*:\s*"content_block_delta"/;
const BLOCK_EVENTS = /^\s*\{\s*"type"\s*:\s*"content_block_/;

/**
 * Puts frames of this format that travelled opaque back into a stream whose blocks may have other numbers by now. Only
 * events of blocks have a number; all others stay as they came.
 */
export class OpaqueFrames {
  readonly #nextIndex: () => number;
  /** The number of the opaque block that is open. */
  #index: number | undefined;

  /** @param nextIndex takes the number of the next block */
  constructor(nextIndex: () => number) {
    this.#nextIndex = nextIndex;
  }

  /** Whether the frame is a delta, perhaps of a block that has not been written yet. */
  static isDelta({ data }: SseFrame): boolean {
    return DELTA_EVENT.test(data);
  }

  /** @param currentIndex the number of the open block that is not opaque */
  place(frame: SseFrame, currentIndex: number): SseFrame {
    if (!BLOCK_EVENTS.test(frame.data)) return frame;
    const value = parseJsonObject(frame.data);
    if (value === undefined) return frame;
    if (value['type'] === 'content_block_start') this.#index = this.#nextIndex();
    const index = this.#index ?? currentIndex;
    if (value['type'] === 'content_block_stop') this.#index = undefined;
    return value['index'] === index ? frame : renumbered(frame, value, index);
  }
}

function renumbered(frame: SseFrame, value: JsonObject, index: number): SseFrame {
  return { ...frame, data: JSON.stringify({ ...value, index }) };
}

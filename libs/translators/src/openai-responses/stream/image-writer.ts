import type { BlockStart } from '@sluice/core';
import { imageItem } from '../items/image-item.js';
import type { BlockWriter, ItemSink } from './item-writer.js';

/** A picture that the model made, told as a use of the format's own tool; clients can read it only when it is whole. */
export class ImageWriter implements BlockWriter {
  readonly #sink: ItemSink;
  readonly #mediaType: string | undefined;
  readonly #id: string;
  #base64 = '';

  constructor({ mediaType }: Extract<BlockStart, { type: 'image' | 'audio' }>, sink: ItemSink) {
    this.#sink = sink;
    this.#mediaType = mediaType;
    this.#id = sink.makeId('ig_');
    const item = { id: this.#id, type: 'image_generation_call', status: 'in_progress', result: null };
    sink.write('response.output_item.added', { output_index: sink.place, item });
  }

  grow(delta: string): void {
    this.#base64 += delta;
  }

  mark(): void {}

  end(): void {
    const mediaType = this.#mediaType === undefined ? {} : { mediaType: this.#mediaType };
    const item = imageItem({ source: { kind: 'base64', value: this.#base64 }, ...mediaType }, this.#id);
    const place = { item_id: this.#id, output_index: this.#sink.place };
    this.#sink.write('response.image_generation_call.completed', place);
    this.#sink.finishItem(item);
  }

  take(): boolean {
    return false;
  }
}

import type { CanonicalEvent, JsonObject } from '@sluice/core';
import { FORMAT } from '../carried.js';
import type { BlockWriter, ItemSink } from './item-writer.js';

/** An item that only this format knows, as its vendor sent it. */
export class ServerItemWriter implements BlockWriter {
  readonly #sink: ItemSink;
  readonly #item: JsonObject;

  constructor(item: JsonObject, sink: ItemSink) {
    this.#sink = sink;
    this.#item = item;
    sink.write('response.output_item.added', { output_index: sink.place, item });
  }

  grow(): void {}

  mark(): void {}

  end({ extensions }: Extract<CanonicalEvent, { type: 'block-end' }>): void {
    this.#sink.finishItem({ ...this.#item, ...extensions?.[FORMAT] });
  }

  take(): boolean {
    return false;
  }
}

import type { CanonicalEvent, JsonObject } from '@sluice/core';

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

/** Where the events of items go. */
export interface ItemSink {
  /** The `output_index` of the item that is written. */
  readonly place: number;
  /** An id for the item that is written. */
  makeId(prefix: string): string;
  write(type: string, members: JsonObject): void;
  /** Says that the item is done, and keeps it for the end of the stream. */
  finishItem(item: JsonObject): void;
}

/** Writes one block: an item, or a part of a message. */
export interface BlockWriter {
  /** The hot path: one event. */
  grow(delta: string): void;
  mark(event: Event<'block-mark'>): void;
  end(event: Event<'block-end'>): void;
  /** @returns whether the event of this format was meant for this writer alone, which then writes it in its own way */
  take(type: string): boolean;
}

import type { CanonicalEvent, JsonObject, SseFrame } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import type { CallRestorer } from '../answer/call-restorer.js';

/** One event of an item, as it came and as it was read. */
export interface ItemEvent {
  readonly type: string;
  readonly value: JsonObject;
  readonly frame: SseFrame;
}

/** The pieces of one output item → canonical blocks. */
export interface ItemReader {
  /** @returns false for an event that means nothing here, so that it travels as it came */
  push(event: ItemEvent, emit: Emit<CanonicalEvent>): boolean;
  /** @param item the whole item, or undefined when the answer ended without it */
  end(item: JsonObject | undefined, emit: Emit<CanonicalEvent>): void;
}

/** What the items of one answer share. */
export interface AnswerFactsSoFar {
  readonly restorer: CallRestorer;
  takeIndex(): number;
  /** An id for an item that came without one. */
  makeId(prefix: string): string;
  noteText(): void;
  noteRefusal(): void;
  noteCall(): void;
  /** The model that answers. */
  readonly model: string;
}

import type { CanonicalEvent, JsonObject } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { extensionsOf, textMember } from '@sluice/translator-kit';
import { FORMAT } from '../carried.js';
import { inputOfItem, toolOfItem } from '../items/item-kinds.js';
import type { AnswerFactsSoFar, ItemReader } from './item-reader.js';

/**
 * An item that only this format knows, such as the use of a tool that the vendor runs: it travels as it came, and so do the
 * events between its beginning and its end.
 */
export class ServerItemReader implements ItemReader {
  readonly #index: number;

  constructor(item: JsonObject, facts: AnswerFactsSoFar, emit: Emit<CanonicalEvent>) {
    this.#index = facts.takeIndex();
    const id = textMember(item, 'id') ?? textMember(item, 'call_id') ?? '';
    const block = { type: 'server-tool' as const, id, tool: toolOfItem(item) };
    emit({ type: 'block-start', index: this.#index, block, ...extensionsOf(FORMAT, item) });
  }

  push(): boolean {
    return false;
  }

  end(item: JsonObject | undefined, emit: Emit<CanonicalEvent>): void {
    const input = item && inputOfItem(item);
    if (input !== undefined) emit({ type: 'block-delta', index: this.#index, delta: JSON.stringify(input) });
    emit({ type: 'block-end', index: this.#index, ...extensionsOf(FORMAT, item) });
  }
}

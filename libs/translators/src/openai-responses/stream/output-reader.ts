import type { CanonicalEvent, JsonObject, SseFrame } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { countMember, deterministicId, invalidResponse, objectMember, textMember } from '@sluice/translator-kit';
import type { CallRestorer } from '../answer/call-restorer.js';
import { FORMAT } from '../carried.js';
import { CallReader } from './call-reader.js';
import type { AnswerFactsSoFar, ItemEvent, ItemReader } from './item-reader.js';
import { MessageReader } from './message-reader.js';
import { ReasoningReader } from './reasoning-reader.js';
import { ServerItemReader } from './server-item-reader.js';

/** Items that one answer may have. */
const MAX_ITEMS = 4096;

/** Whose words a piece is. */
const TYPE_OF_DELTA: ReadonlyMap<string, 'message' | 'reasoning'> = new Map([
  ['response.output_text.delta', 'message'],
  ['response.refusal.delta', 'message'],
  ['response.reasoning_summary_text.delta', 'reasoning'],
  ['response.reasoning_text.delta', 'reasoning'],
]);

export interface OutputReaderOptions {
  readonly restorer: CallRestorer;
  readonly requestId: string;
}

/**
 * The items of a streamed answer, by their `output_index`; vendors that leave it out are understood by the item's id, and
 * an event that names no known item belongs to the last one. Words of an item that was never announced begin it.
 */
export class OutputReader implements AnswerFactsSoFar {
  readonly restorer: CallRestorer;
  readonly #requestId: string;
  readonly #open = new Map<number, ItemReader>();
  /** The `output_index` of items that are open, by their ids. */
  readonly #places = new Map<string, number>();
  readonly #ended = new Set<number>();
  /** Of all items so far. */
  readonly #ids = new Set<string>();
  #last: number | undefined;
  #nextIndex = 0;
  #toolCalls = 0;
  #hasText = false;
  #hasRefusal = false;
  model = '';

  constructor({ restorer, requestId }: OutputReaderOptions) {
    this.restorer = restorer;
    this.#requestId = requestId;
  }

  get toolCalls(): number {
    return this.#toolCalls;
  }

  get hasText(): boolean {
    return this.#hasText;
  }

  get hasRefusal(): boolean {
    return this.#hasRefusal;
  }

  takeIndex(): number {
    return this.#nextIndex++;
  }

  makeId(prefix: string): string {
    return deterministicId(prefix, [this.#requestId, this.#open.size + this.#ended.size]);
  }

  noteText(): void {
    this.#hasText = true;
  }

  noteRefusal(): void {
    this.#hasRefusal = true;
  }

  noteCall(): void {
    this.#toolCalls += 1;
  }

  /** @throws GatewayError `upstream_invalid_response` for more items, or larger ones, than can be held */
  push(event: ItemEvent, emit: Emit<CanonicalEvent>): void {
    const { type, value, frame } = event;
    const item = objectMember(value, 'item');
    if (type === 'response.output_item.added') {
      if (item !== undefined) this.#begin(this.#placeOf(value, item) ?? this.#nextPlace(), item, emit);
      return;
    }
    if (type === 'response.output_item.done') {
      if (item !== undefined) this.#end(this.#placeOf(value, item) ?? this.#nextPlace(), item, emit);
      return;
    }
    if (this.#readerOf(value)?.push(event, emit) === true) return;
    if (this.#beginUnannounced(event, emit)?.push(event, emit) !== true) passOn(frame, emit);
  }

  /** Closes what the vendor left open. @param output the whole answer, for vendors that do not stream all items */
  finish(output: readonly JsonObject[], emit: Emit<CanonicalEvent>): void {
    for (const [place, reader] of this.#open) {
      reader.end(output[place], emit);
      this.#ended.add(place);
    }
    this.#open.clear();
    if (output.length <= this.#ended.size) return; // all of them were streamed, wherever they stand now
    for (const [place, item] of output.entries()) {
      if (!this.#ended.has(place) && !this.#ids.has(textMember(item, 'id') ?? '')) this.#end(place, item, emit);
    }
  }

  #begin(place: number, item: JsonObject, emit: Emit<CanonicalEvent>): ItemReader | undefined {
    if (this.#ended.has(place)) return undefined;
    const known = this.#open.get(place);
    if (known !== undefined) return known;
    if (this.#ended.size + this.#open.size >= MAX_ITEMS) {
      throw invalidResponse(`The vendor sent more than ${MAX_ITEMS} output items.`);
    }
    const reader = this.#createReader(item, emit);
    this.#open.set(place, reader);
    this.#last = place;
    const id = textMember(item, 'id');
    if (id !== undefined) {
      this.#places.set(id, place);
      this.#ids.add(id);
    }
    return reader;
  }

  #beginUnannounced({ type, value }: ItemEvent, emit: Emit<CanonicalEvent>): ItemReader | undefined {
    const itemType = TYPE_OF_DELTA.get(type);
    if (itemType === undefined) return undefined;
    const id = textMember(value, 'item_id');
    const item = { type: itemType, ...(id !== undefined && { id }) };
    return this.#begin(this.#placeOf(value, undefined) ?? this.#nextPlace(), item, emit);
  }

  #end(place: number, item: JsonObject, emit: Emit<CanonicalEvent>): void {
    const reader = this.#open.get(place) ?? this.#begin(place, item, emit);
    reader?.end(item, emit);
    this.#open.delete(place);
    this.#ended.add(place);
    this.#places.delete(textMember(item, 'id') ?? '');
  }

  #createReader(item: JsonObject, emit: Emit<CanonicalEvent>): ItemReader {
    switch (item['type'] ?? 'message') {
      case 'message':
        return new MessageReader(item, this);
      case 'reasoning':
        return new ReasoningReader(item, this);
      case 'function_call':
      case 'custom_tool_call':
        return new CallReader(item, this, emit);
      default:
        return new ServerItemReader(item, this, emit);
    }
  }

  #readerOf(value: JsonObject): ItemReader | undefined {
    const place = this.#placeOf(value, undefined);
    const known = place === undefined ? undefined : this.#open.get(place);
    if (known !== undefined || value['item_id'] === undefined) return known;
    return this.#last === undefined ? undefined : this.#open.get(this.#last);
  }

  #placeOf(value: JsonObject, item: JsonObject | undefined): number | undefined {
    const id = textMember(value, 'item_id') ?? textMember(item, 'id');
    return countMember(value, 'output_index') ?? (id === undefined ? undefined : this.#places.get(id));
  }

  #nextPlace(): number {
    return Math.max(-1, ...this.#open.keys(), ...this.#ended) + 1;
  }
}

function passOn(frame: SseFrame, emit: Emit<CanonicalEvent>): void {
  emit({ type: 'opaque', format: FORMAT, frame });
}

import type { CanonicalEvent, Extensions, JsonObject, Signature } from '@sluice/core';
import { mergeExtensions, textMember, withoutMembers } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { reasoningItem } from '../items/encode-item.js';
import { PART_SEPARATOR, type ReasoningPlace } from '../items/reasoning-text.js';
import type { BlockWriter, ItemSink } from './item-writer.js';

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

/** What the events of a part are called, by the place of the reasoning. */
const WORDS = {
  summary: {
    counter: 'summary_index',
    part: 'response.reasoning_summary_part',
    text: 'response.reasoning_summary_text',
  },
  content: { counter: 'content_index', part: 'response.content_part', text: 'response.reasoning_text' },
} as const;
const PART_TYPES = { summary: 'summary_text', content: 'reasoning_text' } as const;

/** Reasoning as an item. Its parts open with their first words; the proof comes with the whole item. */
export class ReasoningWriter implements BlockWriter {
  readonly #sink: ItemSink;
  readonly #id: string;
  readonly #place: ReasoningPlace;
  #extensions: Extensions | undefined;
  #text = '';
  #part: { text: string } | undefined;
  #partCount = 0;
  /** Whether a blank line that comes next only stands for the border between two parts. */
  #isAtBorder = false;
  #signature: Signature | undefined;
  #redacted: string | undefined;

  constructor(event: Event<'block-start'>, sink: ItemSink) {
    this.#sink = sink;
    this.#extensions = event.extensions;
    const carried = carriedBy(event);
    this.#place = carried?.['place'] === 'content' ? 'content' : 'summary';
    this.#id = textMember(carried, 'id') ?? sink.makeId('rs_');
    const item = { id: this.#id, type: 'reasoning', summary: [], ...withoutMembers(carried, ['id', 'place']) };
    sink.write('response.output_item.added', { output_index: sink.place, item });
  }

  grow(delta: string): void {
    this.#text += delta;
    const isBorder = this.#isAtBorder && delta === PART_SEPARATOR;
    this.#isAtBorder = false;
    if (isBorder) return this.#closePart();
    this.#part ??= this.#openPart();
    this.#part.text += delta;
    this.#sink.write(`${WORDS[this.#place].text}.delta`, { ...this.#members(), delta });
  }

  mark({ signature, redacted }: Event<'block-mark'>): void {
    this.#signature = signature ?? this.#signature;
    this.#redacted = redacted ?? this.#redacted;
  }

  end(event: Event<'block-end'>): void {
    this.#closePart();
    this.#extensions = mergeExtensions(this.#extensions, event.extensions);
    const block = {
      text: this.#text,
      ...(this.#signature && { signature: this.#signature }),
      ...(this.#redacted !== undefined && { redacted: this.#redacted }),
      ...(this.#extensions && { extensions: this.#extensions }),
    };
    this.#sink.finishItem(reasoningItem(block, { id: this.#id }));
  }

  /** The beginning of the next part is written when its first words come. */
  take(type: string): boolean {
    const { part, text } = WORDS[this.#place];
    if (!type.startsWith(part) && !type.startsWith(text)) return false;
    this.#isAtBorder = true;
    return true;
  }

  #openPart(): { text: string } {
    this.#partCount += 1;
    this.#sink.write(`${WORDS[this.#place].part}.added`, { ...this.#members(), part: this.#partOf('') });
    return { text: '' };
  }

  #closePart(): void {
    if (this.#part === undefined) return;
    const { text } = this.#part;
    const words = WORDS[this.#place];
    this.#sink.write(`${words.text}.done`, { ...this.#members(), text });
    this.#sink.write(`${words.part}.done`, { ...this.#members(), part: this.#partOf(text) });
    this.#part = undefined;
  }

  #members(): JsonObject {
    const { counter } = WORDS[this.#place];
    return { item_id: this.#id, output_index: this.#sink.place, [counter]: this.#partCount - 1 };
  }

  #partOf(text: string): JsonObject {
    return { type: PART_TYPES[this.#place], text };
  }
}

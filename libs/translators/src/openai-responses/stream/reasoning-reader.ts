import type { CanonicalEvent, JsonObject } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { countMember, objectMember, textMember } from '@sluice/translator-kit';
import { carry, carryMore, FORMAT } from '../carried.js';
import { reasoningExtensions } from '../items/decode-item.js';
import { PART_SEPARATOR, readProof, textOfReasoning, type ReasoningPlace } from '../items/reasoning-text.js';
import type { AnswerFactsSoFar, ItemEvent, ItemReader } from './item-reader.js';

const PREFIX = 'rs_';

/** Events of reasoning, the place that each speaks of, and the member that numbers the parts there. */
const PLACES: ReadonlyMap<string, { readonly place: ReasoningPlace; readonly counter: string }> = new Map([
  ['response.reasoning_summary_part.added', { place: 'summary', counter: 'summary_index' }],
  ['response.reasoning_summary_text.delta', { place: 'summary', counter: 'summary_index' }],
  ['response.reasoning_summary_text.done', { place: 'summary', counter: 'summary_index' }],
  ['response.reasoning_summary_part.done', { place: 'summary', counter: 'summary_index' }],
  ['response.content_part.added', { place: 'content', counter: 'content_index' }],
  ['response.reasoning_text.delta', { place: 'content', counter: 'content_index' }],
  ['response.reasoning_text.done', { place: 'content', counter: 'content_index' }],
  ['response.content_part.done', { place: 'content', counter: 'content_index' }],
]);

/**
 * Reasoning: one block for all parts of its summary, or of the reasoning itself where the vendor shows it; whichever comes
 * first is read. A blank line stands between two parts, and before it the event of the second part, so that clients of this
 * format see where it begins. The proof is known only when the item is whole.
 */
export class ReasoningReader implements ItemReader {
  readonly #facts: AnswerFactsSoFar;
  readonly #id: string;
  #index: number | undefined;
  #place: ReasoningPlace | undefined;
  #part = 0;
  #hasWords = false;
  #partHasWords = false;

  constructor(item: JsonObject, facts: AnswerFactsSoFar) {
    this.#facts = facts;
    this.#id = textMember(item, 'id') ?? facts.makeId(PREFIX);
  }

  push({ type, value, frame }: ItemEvent, emit: Emit<CanonicalEvent>): boolean {
    const known = PLACES.get(type);
    if (known === undefined) return false;
    const index = this.#open(known.place, emit);
    if (this.#place !== known.place) return true; // the item brings it as a whole
    const part = countMember(value, known.counter) ?? 0;
    if (part !== this.#part) {
      this.#part = part;
      this.#partHasWords = false;
      if (this.#hasWords) {
        emit({ type: 'opaque', format: FORMAT, frame });
        emit({ type: 'block-delta', index, delta: PART_SEPARATOR });
      }
    }
    if (type.endsWith('.delta')) this.#grow(index, value['delta'], emit);
    else if (type.endsWith('.done') && !this.#partHasWords) {
      this.#grow(index, value['text'] ?? objectMember(value, 'part')?.['text'], emit);
    }
    return true;
  }

  end(item: JsonObject | undefined, emit: Emit<CanonicalEvent>): void {
    const whole = item && textOfReasoning(item);
    const index = this.#open(whole?.place ?? 'summary', emit);
    if (!this.#hasWords) this.#grow(index, whole?.text, emit);
    const encrypted = textMember(item, 'encrypted_content');
    if (encrypted !== undefined) {
      emit({ type: 'block-mark', index, ...readProof(encrypted, 'openai', this.#facts.model) });
    }
    const rest = item === undefined ? {} : reasoningExtensions(item);
    emit({ type: 'block-end', index, ...carryMore(rest, this.#marks()) });
  }

  #open(place: ReasoningPlace, emit: Emit<CanonicalEvent>): number {
    if (this.#index !== undefined) return this.#index;
    this.#place = place;
    const index = this.#facts.takeIndex();
    this.#index = index;
    emit({ type: 'block-start', index, block: { type: 'reasoning' }, ...carry(undefined, this.#marks()) });
    return index;
  }

  #marks(): JsonObject {
    return { id: this.#id, ...(this.#place === 'content' && { place: this.#place }) };
  }

  #grow(index: number, words: unknown, emit: Emit<CanonicalEvent>): void {
    if (typeof words !== 'string' || words === '') return;
    this.#hasWords = true;
    this.#partHasWords = true;
    emit({ type: 'block-delta', index, delta: words });
  }
}

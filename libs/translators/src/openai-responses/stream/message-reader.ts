import type { CanonicalEvent, JsonObject } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { countMember, objectMember, objectsMember, textMember, withoutMembers } from '@sluice/translator-kit';
import { carry, carryMore } from '../carried.js';
import { messageRest } from '../items/decode-item.js';
import { decodePart } from '../items/decode-part.js';
import type { AnswerFactsSoFar, ItemEvent, ItemReader } from './item-reader.js';

type PartKind = 'text' | 'refusal';

interface OpenPart {
  readonly kind: PartKind;
  readonly contentIndex: number;
  readonly index: number;
  readonly isFirst: boolean;
  hasWords: boolean;
  /** Words that its announcement brought, to be said before the first piece. */
  opening: string;
  citations: number;
  /** The part as the vendor closed it, without its words. */
  rest: JsonObject | undefined;
}

const PREFIX = 'msg_';

/**
 * A message: one block for each part, one after the other. The last part stays open until the message is whole, because its
 * end carries how the message ended.
 */
export class MessageReader implements ItemReader {
  readonly #facts: AnswerFactsSoFar;
  readonly #id: string;
  readonly #message: JsonObject;
  readonly #seen = new Set<number>();
  #part: OpenPart | undefined;

  constructor(item: JsonObject, facts: AnswerFactsSoFar) {
    this.#facts = facts;
    this.#id = textMember(item, 'id') ?? facts.makeId(PREFIX);
    this.#message = { ...withoutMembers(messageRest(item), ['status']), id: this.#id };
  }

  push({ type, value }: ItemEvent, emit: Emit<CanonicalEvent>): boolean {
    const at = countMember(value, 'content_index') ?? 0;
    switch (type) {
      case 'response.output_text.delta':
        this.#grow('text', at, value['delta'], emit);
        return true;
      case 'response.refusal.delta':
        this.#grow('refusal', at, value['delta'], emit);
        return true;
      case 'response.content_part.added':
        return this.#add(at, objectMember(value, 'part') ?? {}, emit);
      case 'response.output_text.annotation.added':
        return this.#cite(at, objectMember(value, 'annotation'), emit);
      case 'response.output_text.done':
        this.#complete('text', at, value['text'], emit);
        return true;
      case 'response.refusal.done':
        this.#complete('refusal', at, value['refusal'], emit);
        return true;
      case 'response.content_part.done':
        return this.#whole(at, objectMember(value, 'part'), emit);
      default:
        return false;
    }
  }

  end(item: JsonObject | undefined, emit: Emit<CanonicalEvent>): void {
    if (typeof item?.['content'] === 'string') this.#complete('text', 0, item['content'], emit);
    for (const [at, part] of objectsMember(item, 'content').entries()) this.#whole(at, part, emit);
    this.#close(item === undefined ? this.#message : { ...messageRest(item), id: this.#id }, emit);
  }

  #add(at: number, part: JsonObject, emit: Emit<CanonicalEvent>): boolean {
    const kind = kindOf(part);
    if (kind === undefined) return false;
    const open = this.#open(kind, at, emit);
    if (open !== undefined) open.opening = textMember(part, kind === 'text' ? 'text' : 'refusal') ?? '';
    return true;
  }

  #grow(kind: PartKind, at: number, delta: unknown, emit: Emit<CanonicalEvent>): void {
    const part = this.#open(kind, at, emit);
    if (part === undefined || typeof delta !== 'string' || delta === '') return;
    const isRepeated = delta.startsWith(part.opening); // some say their first words twice
    const words = part.hasWords || isRepeated ? delta : part.opening + delta;
    part.hasWords = true;
    if (kind === 'text') this.#facts.noteText();
    emit({ type: 'block-delta', index: part.index, delta: words });
  }

  /** The words of a part that came without deltas. */
  #complete(kind: PartKind, at: number, words: unknown, emit: Emit<CanonicalEvent>): void {
    const part = this.#open(kind, at, emit);
    if (part?.hasWords === false) this.#grow(kind, at, words, emit);
  }

  #cite(at: number, annotation: JsonObject | undefined, emit: Emit<CanonicalEvent>): boolean {
    const part = this.#open('text', at, emit);
    if (part === undefined || annotation === undefined) return false;
    part.citations += 1;
    emit({ type: 'block-mark', index: part.index, citation: annotation });
    return true;
  }

  /** What the whole part says more than its pieces did. */
  #whole(at: number, part: JsonObject | undefined, emit: Emit<CanonicalEvent>): boolean {
    const kind = part && kindOf(part);
    if (part === undefined || kind === undefined) return false;
    this.#complete(kind, at, part[kind === 'text' ? 'text' : 'refusal'], emit);
    const open = this.#part?.contentIndex === at ? this.#part : undefined;
    if (open === undefined) return true;
    for (const annotation of objectsMember(part, 'annotations').slice(open.citations)) this.#cite(at, annotation, emit);
    const words = kind === 'text' ? { text: '' } : { refusal: '' };
    open.rest = { ...part, ...words };
    return true;
  }

  /** @returns undefined for a part that was closed before */
  #open(kind: PartKind, at: number, emit: Emit<CanonicalEvent>): OpenPart | undefined {
    if (this.#part?.contentIndex === at) return this.#part;
    if (this.#seen.has(at)) return undefined;
    this.#close(this.#message, emit);
    const isFirst = this.#seen.size === 0;
    this.#seen.add(at);
    if (kind === 'refusal') this.#facts.noteRefusal();
    const index = this.#facts.takeIndex();
    this.#part = {
      kind,
      contentIndex: at,
      index,
      isFirst,
      hasWords: false,
      opening: '',
      citations: 0,
      rest: undefined,
    };
    const mark = isFirst ? carry(undefined, { message: this.#message }) : {};
    emit({ type: 'block-start', index, block: { type: kind }, ...mark });
    return this.#part;
  }

  #close(message: JsonObject, emit: Emit<CanonicalEvent>): void {
    const part = this.#part;
    if (part === undefined) return;
    if (!part.hasWords) this.#grow(part.kind, part.contentIndex, part.opening, emit);
    this.#part = undefined;
    const rest = part.rest === undefined ? {} : restOf(part.rest);
    emit({
      type: 'block-end',
      index: part.index,
      ...carryMore(rest, part.isFirst ? { message } : { ending: message }),
    });
  }
}

function kindOf({ type }: JsonObject): PartKind | undefined {
  if (type === 'refusal') return 'refusal';
  return type === 'output_text' || type === 'text' ? 'text' : undefined;
}

/** What a part's block carries; the words have been said already. */
function restOf(part: JsonObject): Pick<ReturnType<typeof decodePart>, 'extensions'> {
  const { extensions } = decodePart({ ...part, annotations: [] }, 'part', 'output_text');
  return extensions === undefined ? {} : { extensions };
}

import { isJsonObject, type CanonicalEvent, type Extensions, type JsonObject } from '@sluice/core';
import { mergeExtensions, textMember } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { annotationOf } from '../items/annotations.js';
import { messageItem, outputPart } from '../items/message-parts.js';
import type { BlockWriter, ItemSink } from './item-writer.js';

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

const NO_LOGPROBS: readonly JsonObject[] = [];

/** One message of the model with its parts. */
export class MessageWriter {
  readonly #sink: ItemSink;
  readonly #id: string;
  readonly #content: JsonObject[] = [];
  #carried: JsonObject | undefined;

  constructor(first: Event<'block-start'>, sink: ItemSink) {
    this.#sink = sink;
    this.#carried = messageOf(first, 'message');
    this.#id = textMember(this.#carried, 'id') ?? sink.makeId('msg_');
    const item = messageItem({ id: this.#id, status: 'in_progress', content: [] }, this.#carried);
    sink.write('response.output_item.added', { output_index: sink.place, item });
  }

  /** Whether a text belongs to this message: those that begin another one say so. */
  isContinuedBy(event: Event<'block-start'>): boolean {
    return messageOf(event, 'message') === undefined;
  }

  openPart(kind: 'text' | 'refusal', event: Event<'block-start'>): BlockWriter {
    return new PartWriter({
      kind,
      extensions: event.extensions,
      place: { item_id: this.#id, output_index: this.#sink.place, content_index: this.#content.length },
      sink: this.#sink,
      finish: (part, end) => {
        this.#content.push(part);
        this.#carried = messageOf(end, 'message') ?? messageOf(end, 'ending') ?? this.#carried;
      },
    });
  }

  close(status: string): void {
    this.#sink.finishItem(messageItem({ id: this.#id, status, content: this.#content }, this.#carried));
  }
}

interface PartOptions {
  readonly kind: 'text' | 'refusal';
  readonly extensions: Extensions | undefined;
  /** The members by which clients know the part. */
  readonly place: JsonObject;
  readonly sink: ItemSink;
  readonly finish: (part: JsonObject, end: Event<'block-end'>) => void;
}

class PartWriter implements BlockWriter {
  readonly #options: PartOptions;
  readonly #citations: JsonObject[] = [];
  #text = '';

  constructor(options: PartOptions) {
    this.#options = options;
    const { kind, place, sink } = options;
    sink.write('response.content_part.added', { ...place, part: outputPart({ type: kind, text: '' }) });
  }

  grow(delta: string): void {
    const { kind, place, sink } = this.#options;
    this.#text += delta;
    if (kind === 'refusal') sink.write('response.refusal.delta', { ...place, delta });
    else sink.write('response.output_text.delta', { ...place, delta, logprobs: NO_LOGPROBS });
  }

  mark({ citation }: Event<'block-mark'>): void {
    const { kind, place, sink } = this.#options;
    const annotation = citation && kind === 'text' ? annotationOf(citation, this.#text.length) : undefined;
    if (annotation === undefined) return;
    const annotationIndex = this.#citations.push(annotation) - 1;
    sink.write('response.output_text.annotation.added', { ...place, annotation_index: annotationIndex, annotation });
  }

  end(event: Event<'block-end'>): void {
    const { kind, place, sink, finish } = this.#options;
    const extensions = mergeExtensions(this.#options.extensions, event.extensions);
    const text = this.#text;
    const part = outputPart({
      type: kind,
      text,
      ...(kind === 'text' && { citations: this.#citations }),
      ...(extensions && { extensions }),
    });
    if (kind === 'refusal') sink.write('response.refusal.done', { ...place, refusal: text });
    else sink.write('response.output_text.done', { ...place, text, logprobs: part['logprobs'] });
    sink.write('response.content_part.done', { ...place, part });
    finish(part, event);
  }

  take(): boolean {
    return false;
  }
}

function messageOf(
  event: Pick<Event<'block-start'>, 'extensions'>,
  member: 'message' | 'ending',
): JsonObject | undefined {
  const message = carriedBy(event)?.[member];
  return isJsonObject(message) ? message : undefined;
}

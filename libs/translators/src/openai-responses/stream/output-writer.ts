import type { BlockStart, CanonicalEvent, JsonObject, SseFrame } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import {
  deterministicId,
  invalidResponse,
  parseJsonObject,
  type TranslationContext,
  withoutMembers,
} from '@sluice/translator-kit';
import type { ClientTools } from '../answer/client-tools.js';
import { FORMAT } from '../carried.js';
import { CallWriter } from './call-writer.js';
import type { EventWriter } from './event-writer.js';
import { ImageWriter } from './image-writer.js';
import type { BlockWriter, ItemSink } from './item-writer.js';
import { MessageWriter } from './message-writer.js';
import { ReasoningWriter } from './reasoning-writer.js';
import { ServerItemWriter } from './server-item-writer.js';

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

export interface OutputWriterOptions {
  readonly events: EventWriter;
  readonly context: TranslationContext;
  readonly tools: ClientTools;
  /** How much of the answer may be kept for its end, in UTF-16 units. */
  readonly maxChars: number;
}

/**
 * The blocks of a streamed answer, which come one after the other, as output items. Consecutive texts are parts of one
 * message; it stays open until something else begins. The finished items are kept, because the last event repeats all of
 * them: not more than `maxChars`.
 */
export class OutputWriter implements ItemSink {
  readonly #options: OutputWriterOptions;
  readonly #output: JsonObject[] = [];
  #message: MessageWriter | undefined;
  /** Who writes the open block; undefined for a block that this format cannot say. */
  #block: BlockWriter | undefined;
  #chars = 0;
  #hasRefusal = false;
  emit: Emit<SseFrame> = () => undefined;

  constructor(options: OutputWriterOptions) {
    this.#options = options;
  }

  /** The items that are finished. */
  get output(): readonly JsonObject[] {
    return this.#output;
  }

  get hasRefusal(): boolean {
    return this.#hasRefusal;
  }

  get place(): number {
    return this.#output.length;
  }

  makeId(prefix: string): string {
    return deterministicId(prefix, [this.#options.context.requestId, this.#output.length]);
  }

  write(type: string, members: JsonObject): void {
    this.#options.events.write(type, members, this.emit);
  }

  finishItem(item: JsonObject): void {
    this.write('response.output_item.done', { output_index: this.#output.length, item });
    this.#output.push(item);
  }

  start(event: Event<'block-start'>): void {
    this.#block = this.#writerFor(event);
  }

  /** @throws GatewayError `upstream_invalid_response` when the answer is larger than can be repeated */
  grow(delta: string): void {
    if (this.#block === undefined || delta === '') return;
    this.#chars += delta.length;
    const { maxChars } = this.#options;
    if (this.#chars > maxChars) {
      throw invalidResponse(`The answer is larger than ${maxChars} characters, which its end would repeat.`);
    }
    this.#block.grow(delta);
  }

  mark(event: Event<'block-mark'>): void {
    this.#block?.mark(event);
  }

  end(event: Event<'block-end'>): void {
    this.#block?.end(event);
    this.#block = undefined;
  }

  /** A frame of this format that the canonical model could not say, with the numbers of this stream. */
  pass(frame: SseFrame): void {
    const value = parseJsonObject(frame.data);
    const type = value?.['type'];
    if (value === undefined || typeof type !== 'string' || this.#block?.take(type) === true) return;
    const members = withoutMembers(value, ['type', 'sequence_number']) ?? {};
    const isOfItem = members['output_index'] !== undefined;
    this.write(type, isOfItem ? { ...members, output_index: this.#output.length } : members);
  }

  /** Closes the message that is still open. @param status how it stands when the answer ends */
  finish(status: string): void {
    this.#message?.close(status);
    this.#message = undefined;
  }

  /** The answer breaks off: a message that is whole as far as it came is done, half a part is not. */
  abandon(): void {
    if (this.#block === undefined) this.finish('completed');
  }

  #writerFor(event: Event<'block-start'>): BlockWriter | undefined {
    const { block, extensions } = event;
    switch (block.type) {
      case 'text':
      case 'refusal':
        return this.#part(block.type, event);
      case 'server-tool': {
        const item = extensions?.[FORMAT];
        if (item === undefined) return undefined; // another vendor's tool: texts around it stay one message
        this.finish('completed');
        return new ServerItemWriter(item, this);
      }
      case 'audio':
        return undefined;
      case 'reasoning':
        this.finish('completed');
        return new ReasoningWriter(event, this);
      case 'image':
        this.finish('completed');
        return new ImageWriter(block, this);
      case 'tool-call':
        return this.#call(block, event);
      default:
        return block satisfies never;
    }
  }

  #part(kind: 'text' | 'refusal', event: Event<'block-start'>): BlockWriter {
    if (kind === 'refusal') this.#hasRefusal = true;
    if (this.#message?.isContinuedBy(event) !== true) {
      this.finish('completed');
      this.#message = new MessageWriter(event, this);
    }
    return this.#message.openPart(kind, event);
  }

  #call(block: Extract<BlockStart, { type: 'tool-call' }>, event: Event<'block-start'>): BlockWriter {
    this.finish('completed');
    const { extensions } = event;
    const spelling = this.#options.tools.spell({ ...block, ...(extensions && { extensions }) });
    return new CallWriter(event, spelling, this);
  }
}

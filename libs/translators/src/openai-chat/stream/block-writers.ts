import type { BlockStart, CanonicalEvent } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import type { ClientHabits } from '../response/client-habits.js';
import { createCallWriter, type CallWriter } from './call-writer.js';
import type { ChunkTemplate } from './chunk-template.js';
import { AudioWriter, ImageWriter, type MediaWriter } from './media-writer.js';
import { ProseWriter, type ProseKind } from './prose-writer.js';

type BlockEvent = Extract<CanonicalEvent, { type: 'block-start' | 'block-delta' | 'block-mark' | 'block-end' }>;
type BlockStartEvent = Extract<CanonicalEvent, { type: 'block-start' }>;

/** Who writes the pieces of an open block. Tools that the vendor runs have no place in this format. */
type Writer =
  | { readonly type: 'prose'; readonly writer: ProseWriter }
  | { readonly type: 'call'; readonly writer: CallWriter }
  | { readonly type: 'media'; readonly writer: MediaWriter }
  | undefined;

export interface BlockWritersOptions {
  readonly template: ChunkTemplate;
  readonly habits: ClientHabits;
}

/** The blocks of a streamed answer as the data of chunks. */
export class BlockWriters {
  readonly #options: BlockWritersOptions;
  /** By block index, as long as the block is open. */
  readonly #open = new Map<number, Writer>();
  readonly #prose = new Map<ProseKind, ProseWriter>();
  #callCount = 0;

  constructor(options: BlockWritersOptions) {
    this.#options = options;
  }

  get callCount(): number {
    return this.#callCount;
  }

  /** @throws GatewayError `upstream_invalid_response` when the blocks are more than can be held */
  push(event: BlockEvent, emit: Emit<string>): void {
    const open = event.type === 'block-start' ? this.#begin(event) : this.#open.get(event.index);
    if (open?.type === 'prose') open.writer.push(event, emit);
    else if (open?.type === 'call') writeCall(open.writer, event, emit);
    else if (open?.type === 'media') {
      if (event.type === 'block-delta') open.writer.delta(event.delta, emit);
      else if (event.type === 'block-end') open.writer.end(emit);
    }
    if (event.type === 'block-end') this.#open.delete(event.index);
  }

  #begin(event: BlockStartEvent): Writer {
    const writer = this.#writerFor(event);
    this.#open.set(event.index, writer);
    return writer;
  }

  #writerFor(event: BlockStartEvent): Writer {
    const { block } = event;
    const { template, habits } = this.#options;
    switch (block.type) {
      case 'text':
      case 'reasoning':
      case 'refusal':
        return { type: 'prose', writer: this.#proseWriter(block.type) };
      case 'tool-call': {
        const position = this.#callCount++;
        return { type: 'call', writer: createCallWriter({ ...event, block }, { template, habits, position }) };
      }
      case 'image':
        return { type: 'media', writer: new ImageWriter(template, event) };
      case 'audio':
        return { type: 'media', writer: new AudioWriter(template) };
      case 'server-tool':
        return undefined;
      default:
        return block satisfies never;
    }
  }

  #proseWriter(kind: ProseKind): ProseWriter {
    let writer = this.#prose.get(kind);
    if (writer === undefined) {
      writer = new ProseWriter(kind, this.#options.template);
      this.#prose.set(kind, writer);
    }
    return writer;
  }
}

function writeCall(writer: CallWriter, event: BlockEvent, emit: Emit<string>): void {
  switch (event.type) {
    case 'block-start':
      if (isCallStart(event)) writer.start(event, emit);
      return;
    case 'block-delta':
      writer.delta(event.delta, emit);
      return;
    case 'block-mark':
      if (event.signature !== undefined) writer.sign(event.signature, emit);
      return;
    case 'block-end':
      writer.end(event, emit);
      return;
    default:
      return event satisfies never;
  }
}

function isCallStart(
  event: BlockStartEvent,
): event is BlockStartEvent & { readonly block: Extract<BlockStart, { type: 'tool-call' }> } {
  return event.block.type === 'tool-call';
}

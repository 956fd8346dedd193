import type { BlockStart, CanonicalEvent, FormatId, WireFrame } from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { restoreJsonText } from './masked-json-text.js';
import { markProof } from './masked-proof.js';
import { beginningOfPlaceholder } from './placeholder.js';
import { restoreError } from './restore-error.js';
import { restoreExtensions, restoreObject } from './restore-response.js';
import type { WordMask } from './word-mask.js';

/** UTF-16 units of one reasoning block that are kept until its signature comes; a longer one keeps the vendor's own. */
export const MAX_PROVEN_CHARS = 1024 * 1024;

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

interface OpenBlock {
  readonly type: BlockStart['type'];
  /** What may be the beginning of a placeholder: shorter than one. */
  held: string;
  /** What the vendor wrote in a reasoning block; undefined = too much. */
  written: string | undefined;
}

/**
 * Puts the words into a streamed answer again. Of every open block only what may be the beginning of a placeholder waits, for
 * the next piece, the next mark or the block's end.
 */
export class RestoringStream implements StreamTransformer<CanonicalEvent, CanonicalEvent> {
  readonly #open = new Map<number, OpenBlock>();

  /** @param client what the client speaks */
  constructor(
    private readonly mask: WordMask,
    private readonly client?: FormatId,
  ) {}

  push(event: CanonicalEvent, emit: Emit<CanonicalEvent>): void {
    switch (event.type) {
      case 'block-start':
        this.#open.set(event.index, { type: event.block.type, held: '', written: '' });
        return emit({ ...event, ...restoreExtensions(event.extensions, this.mask) });
      case 'block-delta':
        return this.#add(event, emit);
      case 'block-mark':
        this.#release(event.index, emit);
        return emit(this.#marked(event));
      case 'block-end':
        this.#release(event.index, emit);
        this.#open.delete(event.index);
        return emit({ ...event, ...restoreExtensions(event.extensions, this.mask) });
      case 'opaque':
        return emit({ ...event, frame: this.#frame(event.frame) });
      case 'response-end':
        return emit(this.#ended(event));
      case 'response-error':
        for (const index of this.#open.keys()) this.#release(index, emit);
        return emit({ ...event, error: restoreError(event.error, this.mask) });
      case 'response-start':
        return emit({ ...event, ...restoreExtensions(event.extensions, this.mask) });
      case 'usage':
        return emit(event);
      default:
        return unknownEvent(event);
    }
  }

  finish(emit: Emit<CanonicalEvent>): void {
    for (const index of this.#open.keys()) this.#release(index, emit);
  }

  #add(event: Event<'block-delta'>, emit: Emit<CanonicalEvent>): void {
    const block = this.#open.get(event.index);
    if (block === undefined || block.type === 'image' || block.type === 'audio') return emit(event);
    if (block.type === 'reasoning' && block.written !== undefined) {
      const written = block.written + event.delta;
      block.written = written.length > MAX_PROVEN_CHARS ? undefined : written;
    }
    const text = block.held + event.delta;
    const end = beginningOfPlaceholder(text);
    block.held = text.slice(end);
    const delta = this.#restore(block, text.slice(0, end));
    if (delta !== '') emit({ ...event, delta });
  }

  #release(index: number, emit: Emit<CanonicalEvent>): void {
    const block = this.#open.get(index);
    if (block === undefined || block.held === '') return;
    const delta = this.#restore(block, block.held);
    block.held = '';
    emit({ type: 'block-delta', index, delta });
  }

  #restore({ type }: OpenBlock, text: string): string {
    const isJson = type === 'tool-call' || type === 'server-tool';
    return isJson ? restoreJsonText(text, this.mask) : this.mask.restore(text);
  }

  #marked(event: Event<'block-mark'>): CanonicalEvent {
    const { citation, signature, index } = event;
    const written = this.#open.get(index)?.written;
    const isProof = signature !== undefined && written !== undefined && this.#isReproducible(written);
    return {
      ...event,
      ...(citation !== undefined && { citation: restoreObject(citation, this.mask) }),
      ...(isProof && { signature: markProof(signature, written, this.client) }),
    };
  }

  /** Whether the text was changed for the client, and masking gives it back as the vendor wrote it. */
  #isReproducible(written: string): boolean {
    const restored = this.mask.restore(written);
    return restored !== written && this.mask.mask(restored) === written;
  }

  #ended(event: Event<'response-end'>): CanonicalEvent {
    const { finishReason, extensions } = event;
    const { stopSequence } = finishReason;
    return {
      ...event,
      ...(stopSequence !== undefined && {
        finishReason: { ...finishReason, stopSequence: this.mask.restore(stopSequence) },
      }),
      ...restoreExtensions(extensions, this.mask),
    };
  }

  #frame(frame: WireFrame): WireFrame {
    return frame.kind === 'sse' ? { ...frame, data: restoreJsonText(frame.data, this.mask) } : frame;
  }
}

function unknownEvent(event: never): never {
  throw new TypeError(`unknown event ${JSON.stringify(event)}`);
}

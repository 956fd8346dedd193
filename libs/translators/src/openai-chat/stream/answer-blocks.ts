import type { CanonicalEvent, JsonObject, Signature } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { carry } from '../carried.js';
import type { Media } from '../request/data-url.js';

/** Blocks that grow by plain pieces, one at a time. */
export type ProseKind = 'text' | 'reasoning' | 'refusal';

export interface ReasoningMark {
  readonly signature?: Signature;
  readonly redacted?: string;
}

/**
 * The blocks of a streamed answer that are not tool calls. A piece of another kind closes the open block and begins the
 * next; an answer never goes back to a block.
 */
export class AnswerBlocks {
  #nextIndex = 0;
  #open: { readonly kind: ProseKind | 'audio'; readonly index: number } | undefined;
  readonly #said = new Set<ProseKind | 'audio' | 'image'>();

  has(kind: ProseKind): boolean {
    return this.#said.has(kind);
  }

  takeIndex(): number {
    return this.#nextIndex++;
  }

  /** @param carried what the block carries if it begins with this piece */
  prose(kind: ProseKind, delta: string, emit: Emit<CanonicalEvent>, carried?: JsonObject): void {
    const index = this.#open?.kind === kind ? this.#open.index : this.#begin(kind, emit, carried);
    emit({ type: 'block-delta', index, delta });
  }

  /** A vendor's proof stands at its reasoning, also when it shows none. */
  markReasoning(mark: ReasoningMark, emit: Emit<CanonicalEvent>): void {
    const index = this.#open?.kind === 'reasoning' ? this.#open.index : this.#begin('reasoning', emit);
    emit({ type: 'block-mark', index, ...mark });
  }

  /** @returns false when no text is open that the citation could stand at */
  cite(citation: JsonObject, emit: Emit<CanonicalEvent>): boolean {
    if (this.#open?.kind !== 'text') return false;
    emit({ type: 'block-mark', index: this.#open.index, citation });
    return true;
  }

  audio(mediaType: string, base64: string, emit: Emit<CanonicalEvent>): void {
    if (this.#open?.kind !== 'audio') {
      this.close(emit);
      this.#open = { kind: 'audio', index: this.takeIndex() };
      this.#said.add('audio');
      emit({ type: 'block-start', index: this.#open.index, block: { type: 'audio', mediaType } });
    }
    emit({ type: 'block-delta', index: this.#open.index, delta: base64 });
  }

  /** A whole image. @returns false for one that is not there as bytes: a stream cannot name it */
  image({ source, mediaType }: Media, emit: Emit<CanonicalEvent>, carried?: JsonObject): boolean {
    if (source.kind !== 'base64') return false;
    this.close(emit);
    const index = this.takeIndex();
    const block = { type: 'image' as const, ...(mediaType !== undefined && { mediaType }) };
    emit({ type: 'block-start', index, block, ...carry(carried) });
    emit({ type: 'block-delta', index, delta: source.value });
    emit({ type: 'block-end', index });
    return true;
  }

  close(emit: Emit<CanonicalEvent>): void {
    if (this.#open === undefined) return;
    emit({ type: 'block-end', index: this.#open.index });
    this.#open = undefined;
  }

  #begin(kind: ProseKind, emit: Emit<CanonicalEvent>, carried?: JsonObject): number {
    this.close(emit);
    const index = this.takeIndex();
    this.#open = { kind, index };
    this.#said.add(kind);
    emit({ type: 'block-start', index, block: { type: kind }, ...carry(carried) });
    return index;
  }
}

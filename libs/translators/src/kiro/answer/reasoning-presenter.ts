import type { CanonicalEvent } from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';

/** What becomes of reasoning that is not shown as such. */
export type ReasoningPresentation =
  | { readonly as: 'nothing' }
  /** `open` stands before the first piece of each reasoning, `close` behind its last. */
  | { readonly as: 'text'; readonly open: string; readonly close: string };

/** Separates bare thinking from the answer. */
export const BEHIND_THINKING = '\n\n';

/**
 * Canonical events → the same answer without reasoning blocks: left out, or told in the text. Texts that follow each other
 * become one block, so the answer reads as if the vendor had written it so. Proofs of reasoning go: they prove nothing but a
 * block of its own.
 *
 * ```text
 *  in    start 0 reasoning · delta 0 "a" · end 0 · start 1 text · delta 1 "b" · end 1
 *  out   start 0 text · delta 0 "<think>" · delta 0 "a" · delta 0 "</think>\n\n" · delta 0 "b" · end 0
 * ```
 *
 * Blocks come one after the other, as this format's decoder tells them.
 */
export class ReasoningPresenter implements StreamTransformer<CanonicalEvent, CanonicalEvent> {
  readonly #presentation: ReasoningPresentation;
  /** Incoming → outgoing, for blocks that are neither text nor reasoning. */
  readonly #indices = new Map<number, number>();
  #nextIndex = 0;
  /** The outgoing text that is open. */
  #textIndex: number | undefined;
  /** The incoming block that is open, where it is text or reasoning. */
  #current: { readonly index: number; readonly type: 'text' | 'reasoning'; hasSpoken: boolean } | undefined;

  constructor(presentation: ReasoningPresentation) {
    this.#presentation = presentation;
  }

  push(event: CanonicalEvent, emit: Emit<CanonicalEvent>): void {
    switch (event.type) {
      case 'block-start':
        return this.#start(event, emit);
      case 'block-delta':
        return this.#grow(event, emit);
      case 'block-mark':
        if (this.#current?.index !== event.index) emit({ ...event, index: this.#outgoing(event.index) });
        return;
      case 'block-end':
        return this.#end(event, emit);
      case 'response-end':
      case 'response-error':
        this.#closeText(emit);
        return emit(event);
      default:
        return emit(event);
    }
  }

  finish(): void {}

  #start(event: Extract<CanonicalEvent, { type: 'block-start' }>, emit: Emit<CanonicalEvent>): void {
    const { index, block } = event;
    if (block.type === 'text' || block.type === 'reasoning') {
      this.#current = { index, type: block.type, hasSpoken: false };
      return;
    }
    this.#closeText(emit);
    const outgoing = this.#nextIndex++;
    this.#indices.set(index, outgoing);
    emit({ ...event, index: outgoing });
  }

  #grow(event: Extract<CanonicalEvent, { type: 'block-delta' }>, emit: Emit<CanonicalEvent>): void {
    const current = this.#current;
    if (current?.index !== event.index) return emit({ ...event, index: this.#outgoing(event.index) });
    if (event.delta === '') return;
    if (current.type === 'text') return this.#say(event.delta, emit);
    if (this.#presentation.as === 'nothing') return;
    if (!current.hasSpoken) this.#say(this.#presentation.open, emit);
    current.hasSpoken = true;
    this.#say(event.delta, emit);
  }

  #end(event: Extract<CanonicalEvent, { type: 'block-end' }>, emit: Emit<CanonicalEvent>): void {
    const current = this.#current;
    if (current?.index !== event.index) return emit({ ...event, index: this.#outgoing(event.index) });
    this.#current = undefined;
    if (current.hasSpoken && this.#presentation.as === 'text') this.#say(this.#presentation.close, emit);
  }

  #say(delta: string, emit: Emit<CanonicalEvent>): void {
    if (delta === '') return;
    if (this.#textIndex === undefined) {
      this.#textIndex = this.#nextIndex++;
      emit({ type: 'block-start', index: this.#textIndex, block: { type: 'text' } });
    }
    emit({ type: 'block-delta', index: this.#textIndex, delta });
  }

  #closeText(emit: Emit<CanonicalEvent>): void {
    if (this.#textIndex === undefined) return;
    emit({ type: 'block-end', index: this.#textIndex });
    this.#textIndex = undefined;
  }

  #outgoing(index: number): number {
    const outgoing = this.#indices.get(index);
    if (outgoing === undefined) throw new TypeError(`an event for block ${index}, which is not open`);
    return outgoing;
  }
}

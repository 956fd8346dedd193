import type { CanonicalEvent } from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { beginningAtEnd } from './beginning-at-end.js';

/**
 * Ends the answer at the first of the client's stop sequences, which the vendor cannot be told. What the vendor goes on to
 * say is not shown, but its usage is, because it was paid for.
 *
 * ```text
 *  passing ── a stop sequence in a text ──▶ cut       (only usage, the end and a failure pass)
 * ```
 *
 * Of every text block so much is held back as may become a stop sequence.
 */
export class StopSequenceCutter implements StreamTransformer<CanonicalEvent, CanonicalEvent> {
  readonly #sequences: readonly string[];
  /** The open text blocks with what is held back of them. */
  readonly #held = new Map<number, string>();
  readonly #open = new Set<number>();
  #found: string | undefined;

  /** @param sequences empty ones are ignored */
  constructor(sequences: readonly string[]) {
    this.#sequences = sequences.filter((sequence) => sequence !== '');
  }

  push(event: CanonicalEvent, emit: Emit<CanonicalEvent>): void {
    if (this.#found !== undefined) return this.#pushAfter(event, this.#found, emit);
    switch (event.type) {
      case 'block-start':
        this.#open.add(event.index);
        if (event.block.type === 'text') this.#held.set(event.index, '');
        return emit(event);
      case 'block-delta':
        return this.#held.has(event.index) ? this.#search(event.index, event.delta, emit) : emit(event);
      case 'block-end':
        this.#release(event.index, emit);
        this.#open.delete(event.index);
        return emit(event);
      default:
        return emit(event);
    }
  }

  finish(): void {}

  #search(index: number, delta: string, emit: Emit<CanonicalEvent>): void {
    const text = (this.#held.get(index) ?? '') + delta;
    const first = firstOf(text, this.#sequences);
    if (first === undefined) {
      const kept = Math.max(0, ...this.#sequences.map((sequence) => beginningAtEnd(text, sequence)));
      this.#held.set(index, text.slice(text.length - kept));
      return emitText(index, text.slice(0, text.length - kept), emit);
    }
    this.#found = first.sequence;
    emitText(index, text.slice(0, first.at), emit);
    for (const open of this.#open) emit({ type: 'block-end', index: open });
  }

  #release(index: number, emit: Emit<CanonicalEvent>): void {
    emitText(index, this.#held.get(index) ?? '', emit);
    this.#held.delete(index);
  }

  #pushAfter(event: CanonicalEvent, stopSequence: string, emit: Emit<CanonicalEvent>): void {
    if (event.type === 'usage') emit(event);
    if (event.type !== 'response-end' && event.type !== 'response-error') return;
    emit({ type: 'response-end', finishReason: { unified: 'stop', stopSequence } });
  }
}

function emitText(index: number, delta: string, emit: Emit<CanonicalEvent>): void {
  if (delta !== '') emit({ type: 'block-delta', index, delta });
}

/** The sequence that is complete first, as if the text came character by character; of several there the longest. */
function firstOf(
  text: string,
  sequences: readonly string[],
): { readonly at: number; readonly sequence: string } | undefined {
  const found = sequences
    .map((sequence) => ({ at: text.indexOf(sequence), sequence }))
    .filter(({ at }) => at >= 0)
    .sort((left, right) => endOf(left) - endOf(right) || left.at - right.at);
  return found[0];
}

function endOf({ at, sequence }: { readonly at: number; readonly sequence: string }): number {
  return at + sequence.length;
}

import type { CanonicalEvent } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { ThinkTagScanner } from './think-tag-scanner.js';

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

/** What becomes of thinking that stood in tags: a block of its own, nothing, or text without tags. */
export type ThinkHandling = 'reasoning' | 'remove' | 'strip-tags';

export interface SplitTextOptions {
  readonly tags: readonly string[];
  readonly handling: ThinkHandling;
  /** The next outgoing index. */
  readonly takeIndex: () => number;
}

/** One incoming text block that may become two. What the text block carries waits until its text begins. */
export class SplitTextBlock {
  readonly #start: Event<'block-start'>;
  readonly #options: SplitTextOptions;
  readonly #scanner: ThinkTagScanner;
  readonly #marks: Event<'block-mark'>[] = [];
  #reasoning: number | undefined;
  #text: number | undefined;
  #hasPieces = false;
  #emit: Emit<CanonicalEvent> = () => undefined;

  constructor(start: Event<'block-start'>, options: SplitTextOptions) {
    this.#start = start;
    this.#options = options;
    this.#scanner = new ThinkTagScanner(options.tags, (kind, text) => this.#take(kind, text));
  }

  get index(): number {
    return this.#start.index;
  }

  get hasDecided(): boolean {
    return this.#scanner.hasDecided;
  }

  push(delta: string, emit: Emit<CanonicalEvent>): void {
    this.#emit = emit;
    this.#scanner.push(delta);
  }

  /** A mark says something of the text; it waits for it. */
  mark(event: Event<'block-mark'>, emit: Emit<CanonicalEvent>): void {
    if (this.#text === undefined) this.#marks.push(event);
    else emit({ ...event, index: this.#text });
  }

  /** Lets go of what is held; what follows is text. */
  settle(emit: Emit<CanonicalEvent>): void {
    this.#emit = emit;
    this.#scanner.finish();
  }

  end(event: Event<'block-end'>, emit: Emit<CanonicalEvent>): void {
    this.settle(emit);
    const carries = this.#marks.length > 0 || this.#start.extensions !== undefined || event.extensions !== undefined;
    if (carries || !this.#hasPieces) this.#openText();
    this.#closeReasoning();
    if (this.#text !== undefined) emit({ ...event, index: this.#text });
  }

  #take(kind: 'text' | 'reasoning', text: string): void {
    this.#hasPieces = true;
    if (kind === 'reasoning' && this.#options.handling === 'remove') return;
    const isReasoning = kind === 'reasoning' && this.#options.handling === 'reasoning';
    const index = isReasoning ? this.#openReasoning() : this.#openText();
    this.#emit({ type: 'block-delta', index, delta: text });
  }

  #openReasoning(): number {
    if (this.#reasoning === undefined) {
      this.#reasoning = this.#options.takeIndex();
      this.#emit({ type: 'block-start', index: this.#reasoning, block: { type: 'reasoning' } });
    }
    return this.#reasoning;
  }

  #closeReasoning(): void {
    if (this.#reasoning === undefined) return;
    this.#emit({ type: 'block-end', index: this.#reasoning });
    this.#reasoning = undefined;
  }

  #openText(): number {
    if (this.#text === undefined) {
      this.#closeReasoning();
      this.#text = this.#options.takeIndex();
      this.#emit({ ...this.#start, index: this.#text });
      for (const mark of this.#marks.splice(0)) this.#emit({ ...mark, index: this.#text });
    }
    return this.#text;
  }
}

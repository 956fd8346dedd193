import type { CanonicalEvent } from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { SplitTextBlock, type ThinkHandling } from './split-text-block.js';
import { THINK_TAGS } from './think-tag-scanner.js';

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

export interface ThinkTagOptions {
  /** Names of the tags, without brackets. Default `THINK_TAGS`. */
  readonly tags?: readonly string[];
  /**
   * What becomes of the thinking: a block of its own (default), nothing, or part of the text without its tags. Leave the
   * splitter out to keep the tags.
   */
  readonly handling?: ThinkHandling;
}

/**
 * Thinking in tags at the beginning of the text → a reasoning block before it. Looks at the first text of an answer only;
 * tags in the middle of a text stay text. A region that is never closed is reasoning to the end. After reasoning of the
 * vendor's own the tags are stripped instead: some models send both.
 *
 * ```text
 *  in    start 0 text · delta 0 "<think>a" · delta 0 "b</think>\n\nc" · end 0
 *  out   start 0 reasoning · delta 0 "a" · delta 0 "b" · end 0 · start 1 text · delta 1 "c" · end 1
 * ```
 *
 * Input obeys the event grammar, and so does output: blocks get new indices in the order in which they begin.
 */
export class ThinkTagSplitter implements StreamTransformer<CanonicalEvent, CanonicalEvent> {
  readonly #tags: readonly string[];
  #handling: ThinkHandling;
  /** Incoming → outgoing. */
  readonly #indices = new Map<number, number>();
  #nextIndex = 0;
  #split: SplitTextBlock | undefined;
  #hasDecided = false;

  constructor(options: ThinkTagOptions = {}) {
    this.#tags = options.tags ?? THINK_TAGS;
    this.#handling = options.handling ?? 'reasoning';
  }

  push(event: CanonicalEvent, emit: Emit<CanonicalEvent>): void {
    switch (event.type) {
      case 'block-start':
        this.#start(event, emit);
        return;
      case 'block-delta':
        if (this.#split?.index === event.index) this.#split.push(event.delta, emit);
        else emit(this.#renumbered(event));
        return;
      case 'block-mark':
        if (this.#split?.index === event.index) this.#split.mark(event, emit);
        else emit(this.#renumbered(event));
        return;
      case 'block-end':
        if (this.#split?.index === event.index) this.#end(this.#split, event, emit);
        else emit(this.#renumbered(event));
        return;
      case 'response-error':
        this.#split?.settle(emit);
        emit(event);
        return;
      default:
        emit(event);
    }
  }

  finish(emit: Emit<CanonicalEvent>): void {
    this.#split?.settle(emit);
  }

  #start(event: Event<'block-start'>, emit: Emit<CanonicalEvent>): void {
    if (this.#split?.hasDecided === false) this.#split.settle(emit); // another block begins: no tag is on its way
    this.#hasDecided ||= this.#split?.hasDecided === true;
    if (event.block.type === 'text' && !this.#hasDecided && this.#split === undefined) {
      const takeIndex = (): number => this.#nextIndex++;
      this.#split = new SplitTextBlock(event, { tags: this.#tags, handling: this.#handling, takeIndex });
      return;
    }
    if (event.block.type === 'reasoning' && this.#handling === 'reasoning') this.#handling = 'strip-tags';
    const index = this.#nextIndex++;
    this.#indices.set(event.index, index);
    emit(event.index === index ? event : { ...event, index });
  }

  #end(split: SplitTextBlock, event: Event<'block-end'>, emit: Emit<CanonicalEvent>): void {
    this.#hasDecided ||= split.hasDecided;
    split.end(event, emit);
    this.#split = undefined;
  }

  #renumbered<Part extends Event<'block-delta' | 'block-mark' | 'block-end'>>(part: Part): Part {
    const index = this.#indices.get(part.index);
    if (index === undefined) throw new TypeError(`${part.type} for block ${part.index}, which is not open`);
    return index === part.index ? part : { ...part, index };
  }
}

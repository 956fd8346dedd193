import type { CanonicalEvent, CanonicalResponse } from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { accumulateResponse, type AnswerRepair } from '@sluice/translator-kit';
import type { Exchange } from './exchange.js';

export interface FlawWatchOptions {
  readonly exchange: Exchange;
  readonly repair: AnswerRepair;
  /** Whether a part of the answer is on its way to the client. */
  readonly hasCommitted: () => boolean;
  /** Takes an answer with a flaw of which nothing has left. */
  readonly takeBack: (response: CanonicalResponse) => void;
}

type ResponseEnd = Extract<CanonicalEvent, { type: 'response-end' }>;

/**
 * Takes an answer with a flaw out of its stream while nothing of it has left. What a decoder says only when its source has
 * ended is looked at as one: there an answer without content ends, with words in place of what is missing.
 *
 * ```text
 *  before the commit ── source ends ──▶ no flaw: all passes
 *          │                     └────▶ flaw: taken back, nothing passes
 *          └── commit ──▶ all passes; a flaw is noted as told
 * ```
 */
export class FlawWatch implements StreamTransformer<CanonicalEvent, CanonicalEvent> {
  readonly #options: FlawWatchOptions;
  /** The whole answer, until a part of it leaves. */
  #answer: CanonicalEvent[] = [];
  #isEnding = false;
  #held: CanonicalEvent[] = [];

  constructor(options: FlawWatchOptions) {
    this.#options = options;
  }

  /** The source has ended: what is pushed from now on is the rest. */
  expectEnd(): void {
    this.#isEnding = true;
  }

  push(event: CanonicalEvent, emit: Emit<CanonicalEvent>): void {
    if (this.#options.hasCommitted()) return this.#pass(event, emit);
    this.#answer.push(event);
    if (this.#isEnding) this.#held.push(event);
    else this.#pass(event, emit);
  }

  finish(emit: Emit<CanonicalEvent>): void {
    const { repair, takeBack } = this.#options;
    const end = this.#held.find((event): event is ResponseEnd => event.type === 'response-end');
    if (end !== undefined && repair.flawOf(end.extensions) !== undefined)
      return takeBack(accumulateResponse(this.#answer));
    for (const event of this.#held) this.#pass(event, emit);
  }

  #pass(event: CanonicalEvent, emit: Emit<CanonicalEvent>): void {
    const { exchange, repair, hasCommitted } = this.#options;
    const flaw = event.type === 'response-end' ? repair.flawOf(event.extensions) : undefined;
    if (flaw !== undefined) exchange.flaw = { flaw, outcome: 'told' };
    emit(event);
    if (this.#answer.length > 0 && hasCommitted()) this.#answer = [];
  }
}

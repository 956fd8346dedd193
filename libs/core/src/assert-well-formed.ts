import type { CanonicalEvent } from './canonical-event.js';

/** Thrown when a sequence of events breaks the grammar; `position` is the 0-based place of the first wrong event. */
export class GrammarError extends Error {
  constructor(
    readonly position: number,
    message: string,
  ) {
    super(`event ${position}: ${message}`);
    this.name = 'GrammarError';
  }
}

/**
 * The event grammar, fed one event at a time.
 *
 * ```text
 *  idle ── response-start ──▶ open ── response-end ──▶ ended        (all blocks closed)
 *    └────── response-error ────┴──── response-error ──▶ ended      (open blocks are allowed: the stream broke)
 * ```
 */
export class EventGrammar {
  #state: 'idle' | 'open' | 'ended' = 'idle';
  #position = -1;
  readonly #openBlocks = new Set<number>();
  readonly #usedIndices = new Set<number>();

  /** @throws GrammarError when the event may not stand here */
  accept(event: CanonicalEvent): void {
    this.#position += 1;
    if (this.#state === 'ended') this.#fail(`${event.type} after the end of the response`);
    if (this.#state === 'idle' && event.type !== 'response-start' && event.type !== 'response-error') {
      this.#fail(`${event.type} before response-start`);
    }
    switch (event.type) {
      case 'response-start':
        if (this.#state === 'open') this.#fail('a second response-start');
        this.#state = 'open';
        return;
      case 'block-start':
        if (!Number.isInteger(event.index) || event.index < 0) this.#fail(`block index ${event.index} is not a count`);
        if (this.#usedIndices.has(event.index)) this.#fail(`block index ${event.index} is used again`);
        this.#usedIndices.add(event.index);
        this.#openBlocks.add(event.index);
        return;
      case 'block-delta':
      case 'block-mark':
        if (!this.#openBlocks.has(event.index)) this.#fail(`${event.type} for block ${event.index}, which is not open`);
        return;
      case 'block-end':
        if (!this.#openBlocks.delete(event.index)) this.#fail(`block-end for block ${event.index}, which is not open`);
        return;
      case 'usage':
      case 'opaque':
        return;
      case 'response-end':
        if (this.#openBlocks.size > 0)
          this.#fail(`response-end while blocks ${[...this.#openBlocks].join(', ')} are open`);
        this.#state = 'ended';
        return;
      case 'response-error':
        this.#state = 'ended';
        return;
      default:
        return unknownEvent(event);
    }
  }

  /** @throws GrammarError when the sequence stops before a terminal event */
  end(): void {
    this.#position += 1;
    if (this.#state !== 'ended') this.#fail('the sequence stops without response-end or response-error');
  }

  #fail(message: string): never {
    throw new GrammarError(this.#position, message);
  }
}

/**
 * Checks a whole sequence of events against the grammar of `CanonicalEvent`.
 * @throws GrammarError at the first event that breaks it
 */
export function assertWellFormed(events: Iterable<CanonicalEvent>): void {
  const grammar = new EventGrammar();
  for (const event of events) grammar.accept(event);
  grammar.end();
}

function unknownEvent(event: never): never {
  throw new TypeError(`unknown event ${JSON.stringify(event)}`);
}

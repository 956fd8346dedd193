import {
  GatewayError,
  type CanonicalEvent,
  type CanonicalResponse,
  type ContentBlock,
  type Extensions,
  type Usage,
} from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { GrowingBlock } from './growing-block.js';
import { mergeExtensions } from './merge-extensions.js';

/** UTF-16 units of content that one answer may have; larger than the largest answer that passes through. */
export const MAX_ACCUMULATED_CHARS = 128 * 1024 * 1024;

/** How a stream ended: with an answer, or with the failure that its reader is told. */
export type AccumulatedOutcome =
  | { readonly type: 'response'; readonly response: CanonicalResponse }
  | { readonly type: 'error'; readonly error: GatewayError };

export interface ResponseAccumulatorOptions {
  /** Default `MAX_ACCUMULATED_CHARS`. */
  readonly maxChars?: number;
}

/**
 * Events → one answer, for clients that did not ask for a stream. Emits exactly one outcome: at the terminal event, at the
 * limit, or (`upstream_truncated`) when the events stop before their end.
 *
 * Blocks stand in the order in which they began. The latest `usage` counts. Marks become signature, redacted text and
 * citations of their block. Extensions of start and end are merged. A server tool's carried members become its `raw` value,
 * its deltas the `input` (see `streamOfResponse`). Opaque frames belong to a stream of their own format and have no place
 * in a whole answer; `opaqueFrames` counts them.
 *
 * @throws TypeError for an event of a block that never began
 */
export class ResponseAccumulator implements StreamTransformer<CanonicalEvent, AccumulatedOutcome> {
  readonly #maxChars: number;
  /** In the order of their start, by index. */
  readonly #blocks = new Map<number, GrowingBlock>();
  #id = '';
  #model = '';
  #usage: Usage | undefined;
  #extensions: Extensions | undefined;
  #chars = 0;
  #opaqueFrames = 0;
  #isDone = false;

  constructor(options: ResponseAccumulatorOptions = {}) {
    this.#maxChars = options.maxChars ?? MAX_ACCUMULATED_CHARS;
  }

  /** How many frames nobody but their own format could have read. */
  get opaqueFrames(): number {
    return this.#opaqueFrames;
  }

  push(event: CanonicalEvent, emit: Emit<AccumulatedOutcome>): void {
    if (this.#isDone) return;
    switch (event.type) {
      case 'response-start':
        this.#id = event.id;
        this.#model = event.model;
        this.#extensions = event.extensions;
        return;
      case 'block-start':
        this.#blocks.set(event.index, new GrowingBlock(event));
        return;
      case 'block-delta':
        this.#chars += event.delta.length;
        if (this.#chars > this.#maxChars) this.#fail(tooLarge(this.#maxChars), emit);
        else this.#block(event.index).append(event.delta);
        return;
      case 'block-mark':
        this.#block(event.index).mark(event);
        return;
      case 'block-end':
        this.#block(event.index).end(event.extensions);
        return;
      case 'usage':
        this.#usage = event.usage;
        return;
      case 'opaque':
        this.#opaqueFrames += 1;
        return;
      case 'response-end':
        this.#isDone = true;
        emit({ type: 'response', response: this.#assemble(event) });
        return;
      case 'response-error':
        this.#fail(event.error, emit);
        return;
      default:
        return unknownEvent(event);
    }
  }

  finish(emit: Emit<AccumulatedOutcome>): void {
    if (!this.#isDone) this.#fail(truncated(), emit);
  }

  #assemble(end: Extract<CanonicalEvent, { type: 'response-end' }>): CanonicalResponse {
    const extensions = mergeExtensions(this.#extensions, end.extensions);
    return {
      id: this.#id,
      model: this.#model,
      content: Array.from(this.#blocks.values(), (block): ContentBlock => block.toBlock()),
      finishReason: end.finishReason,
      ...(this.#usage !== undefined && { usage: this.#usage }),
      ...(extensions !== undefined && { extensions }),
    };
  }

  #block(index: number): GrowingBlock {
    const block = this.#blocks.get(index);
    if (block === undefined) throw new TypeError(`block ${index} never began`);
    return block;
  }

  #fail(error: GatewayError, emit: Emit<AccumulatedOutcome>): void {
    this.#isDone = true;
    this.#blocks.clear();
    emit({ type: 'error', error });
  }
}

/**
 * The answer that a finished sequence of events describes.
 * @throws GatewayError the events' own failure, or `upstream_truncated`
 */
export function accumulateResponse(events: Iterable<CanonicalEvent>): CanonicalResponse {
  const accumulator = new ResponseAccumulator();
  let outcome: AccumulatedOutcome = { type: 'error', error: truncated() };
  const keep = (item: AccumulatedOutcome): void => {
    outcome = item;
  };
  for (const event of events) accumulator.push(event, keep);
  accumulator.finish(keep);
  return unwrap(outcome);
}

function unwrap(outcome: AccumulatedOutcome): CanonicalResponse {
  if (outcome.type === 'error') throw outcome.error;
  return outcome.response;
}

function truncated(): GatewayError {
  return new GatewayError({
    kind: 'upstream_truncated',
    message: 'The vendor ended its answer before it was complete.',
  });
}

function tooLarge(maxChars: number): GatewayError {
  const message = `The answer is larger than ${maxChars} characters; ask for it as a stream.`;
  return new GatewayError({ kind: 'upstream_invalid_response', message });
}

function unknownEvent(event: never): never {
  throw new TypeError(`unknown event ${JSON.stringify(event)}`);
}

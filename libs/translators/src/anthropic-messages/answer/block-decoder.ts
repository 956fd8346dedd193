import type { CanonicalEvent, JsonObject, RefusalBlock, SseFrame } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { carryUnknown, invalidResponse, objectMember, textMember } from '@sluice/translator-kit';
import { carried } from '../request/node-rest.js';
import { openBlock, type OpenBlock } from './open-block.js';
import type { CallRestorer } from './restore-calls.js';

const BLOCK_STOP: ReadonlySet<string> = new Set(['type', 'index']);

/**
 * The blocks of a vendor's stream: `content_block_start`, `content_block_delta`, `content_block_stop`. Blocks and deltas
 * that are not known travel as opaque frames.
 * @throws GatewayError `upstream_invalid_response` for an event that belongs to no block
 */
export class BlockDecoder {
  readonly #restorer: CallRestorer;
  /** By the vendor's index. */
  readonly #open = new Map<number, OpenBlock>();
  /** The block of the last delta: nearly always the one of the next. */
  #current: OpenBlock | undefined;
  #nextIndex = 0;
  #toolCalls = 0;
  /** The model that signs the thinking. */
  model: string;

  constructor(restorer: CallRestorer, model: string) {
    this.#restorer = restorer;
    this.model = model;
  }

  /** How many calls of the client's tools have begun. */
  get toolCalls(): number {
    return this.#toolCalls;
  }

  start(value: JsonObject, frame: SseFrame, emit: Emit<CanonicalEvent>): void {
    const wireIndex = value['index'];
    const block = objectMember(value, 'content_block');
    if (typeof wireIndex !== 'number' || block === undefined) throw malformed('content_block_start');
    const unended = this.#open.get(wireIndex);
    if (unended !== undefined) this.#close(unended, undefined, emit); // a second block of the same number ends the first
    const index = this.#nextIndex++;
    const open = openBlock({ wireIndex, index, block, model: this.model, restorer: this.#restorer }, emit);
    if (open.index === undefined) emit({ type: 'opaque', format: 'anthropic-messages', frame });
    if (open.isCall) this.#toolCalls += 1;
    this.#open.set(wireIndex, open);
    this.#current = open;
  }

  /** The hot path: two member lookups and one event. */
  grow(value: JsonObject, frame: SseFrame, emit: Emit<CanonicalEvent>): void {
    const block = this.#find(value['index']);
    const delta = objectMember(value, 'delta');
    if (block === undefined || delta === undefined) throw malformed('content_block_delta');
    const { index } = block;
    if (index === undefined || !this.#take(delta, block, index, emit)) {
      emit({ type: 'opaque', format: 'anthropic-messages', frame });
    }
  }

  stop(value: JsonObject, frame: SseFrame, emit: Emit<CanonicalEvent>): void {
    const block = this.#find(value['index']);
    if (block === undefined) return; // closed twice, or never open: nothing to close
    this.#close(block, carryUnknown(value, BLOCK_STOP), emit);
    if (block.index === undefined) emit({ type: 'opaque', format: 'anthropic-messages', frame });
  }

  /** Closes what the vendor left open. */
  finish(emit: Emit<CanonicalEvent>): void {
    for (const block of this.#open.values()) this.#close(block, undefined, emit);
  }

  /** A block behind all others that the vendor did not send as one. */
  append({ type, text, extensions }: RefusalBlock, emit: Emit<CanonicalEvent>): void {
    const index = this.#nextIndex++;
    emit({ type: 'block-start', index, block: { type }, ...(extensions && { extensions }) });
    grow(index, text, emit);
    emit({ type: 'block-end', index });
  }

  #find(wireIndex: unknown): OpenBlock | undefined {
    if (this.#current?.wireIndex === wireIndex) return this.#current;
    this.#current = typeof wireIndex === 'number' ? this.#open.get(wireIndex) : undefined;
    return this.#current;
  }

  /** @returns whether the delta is said in canonical words */
  #take(delta: JsonObject, block: OpenBlock, index: number, emit: Emit<CanonicalEvent>): boolean {
    switch (delta['type']) {
      case 'text_delta':
        grow(index, delta['text'], emit);
        return true;
      case 'thinking_delta':
        grow(index, delta['thinking'], emit);
        return delta['thinking'] !== ''; // nothing but an estimate: only this format's clients can use it
      case 'input_json_delta':
        if (delta['partial_json'] !== '') block.pendingInput = '';
        grow(index, delta['partial_json'], emit);
        return true;
      case 'signature_delta': {
        const value = textMember(delta, 'signature');
        if (value !== undefined) {
          emit({ type: 'block-mark', index, signature: { family: 'anthropic', value, model: this.model } });
        }
        return true;
      }
      case 'citations_delta': {
        const citation = objectMember(delta, 'citation');
        if (citation !== undefined) emit({ type: 'block-mark', index, citation });
        return citation !== undefined;
      }
      default:
        return false;
    }
  }

  #close(block: OpenBlock, rest: JsonObject | undefined, emit: Emit<CanonicalEvent>): void {
    this.#open.delete(block.wireIndex);
    this.#current = undefined;
    if (block.index === undefined) return;
    grow(block.index, block.pendingInput, emit);
    emit({ type: 'block-end', index: block.index, ...carried(rest) });
  }
}

function grow(index: number, text: unknown, emit: Emit<CanonicalEvent>): void {
  if (typeof text === 'string' && text !== '') emit({ type: 'block-delta', index, delta: text });
}

function malformed(event: string): Error {
  return invalidResponse(`The vendor sent a ${event} that belongs to no block.`);
}

import type { BlockStart, CanonicalEvent, Extensions, JsonObject } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { invalidResponse } from '@sluice/translator-kit';
import type { AnswerContext } from './answer-context.js';
import { Base64Joiner } from './base64-joiner.js';
import { withCitedAddress } from './cited-address.js';

/** UTF-16 units of a signature, or of sealed reasoning, which are whole only at their block's end. */
export const MAX_PROOF_CHARS = 4 * 1024 * 1024;

/** A block of a streamed answer from its first event to its last. */
export class OpenBlock {
  readonly #bytes = new Base64Joiner();
  #signature = '';
  #redacted = '';

  constructor(
    private readonly index: number,
    private readonly block: BlockStart,
    private readonly answer: AnswerContext,
  ) {}

  get type(): BlockStart['type'] {
    return this.block.type;
  }

  begin(emit: Emit<CanonicalEvent>, extensions?: Extensions): void {
    emit({
      type: 'block-start',
      index: this.index,
      block: this.block,
      ...(extensions === undefined ? {} : { extensions }),
    });
  }

  append(delta: string, emit: Emit<CanonicalEvent>): void {
    if (delta !== '') emit({ type: 'block-delta', index: this.index, delta });
  }

  /** A piece of media. */
  appendBytes(base64: string, emit: Emit<CanonicalEvent>): void {
    this.append(this.#bytes.push(base64), emit);
  }

  cite(citation: JsonObject, emit: Emit<CanonicalEvent>): void {
    emit({ type: 'block-mark', index: this.index, citation: withCitedAddress(citation) });
  }

  /** @throws GatewayError `upstream_invalid_response` above `MAX_PROOF_CHARS` */
  sign(piece: string): void {
    this.#signature = bounded(this.#signature + piece);
  }

  /** Another piece of sealed reasoning. @throws GatewayError as `sign` */
  seal(base64: string): void {
    this.#redacted = bounded(this.#redacted + this.#bytes.push(base64));
  }

  end(emit: Emit<CanonicalEvent>): void {
    const { index } = this;
    const rest = this.#bytes.finish();
    if (this.type === 'reasoning') {
      const redacted = this.#redacted + rest;
      if (redacted !== '') emit({ type: 'block-mark', index, redacted });
      if (this.#signature !== '')
        emit({ type: 'block-mark', index, signature: this.answer.signature(this.#signature) });
    } else this.append(rest, emit);
    emit({ type: 'block-end', index });
  }
}

function bounded(proof: string): string {
  if (proof.length <= MAX_PROOF_CHARS) return proof;
  throw invalidResponse('The vendor sent a proof of reasoning that is longer than any known one.');
}

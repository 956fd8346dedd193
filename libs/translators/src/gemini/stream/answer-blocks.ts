import type {
  BlockStart,
  CanonicalEvent,
  ContentBlock,
  Extensions,
  JsonObject,
  ReasoningBlock,
  Signature,
  TextBlock,
} from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { objectMember, textMember } from '@sluice/translator-kit';
import { carriedBy, FORMAT } from '../carried.js';
import { canonicalPart, decodePart } from '../part/decode-part.js';
import type { PartScope } from '../part/part-scope.js';
import { isPartial, PartialCall } from './partial-call.js';

type Prose = TextBlock | ReasoningBlock;

/**
 * The parts of a stream as blocks. Text that follows text of its kind continues the block; everything else comes whole. A
 * signature ends its block: parts with one must never be joined with others.
 */
export class AnswerBlocks {
  readonly #scope: PartScope;
  #nextIndex = 0;
  #open: { readonly index: number; readonly type: Prose['type'] } | undefined;
  #partial: PartialCall | undefined;
  #toolCalls = 0;

  constructor(scope: PartScope) {
    this.#scope = scope;
  }

  get toolCalls(): number {
    return this.#toolCalls;
  }

  /** Whether there was anything to see. */
  get isEmpty(): boolean {
    return this.#nextIndex === 0;
  }

  /** @throws GatewayError `upstream_invalid_response` */
  read(wire: JsonObject, emit: Emit<CanonicalEvent>): void {
    const part = canonicalPart(wire);
    const call = objectMember(part, 'functionCall');
    if (call !== undefined && this.#readPartial(call, part, emit)) return;
    const block = decodePart(part, this.#scope);
    switch (block.type) {
      case 'text':
      case 'reasoning':
        return this.#readProse(block, emit);
      case 'tool-call':
        this.#toolCalls += 1;
        return this.#whole(block, { type: 'tool-call', id: block.id, name: block.name }, block.argumentsJson, emit);
      case 'image':
      case 'audio':
        if (block.source.kind !== 'base64') break;
        return this.#whole(block, mediaStart(block.type, block.mediaType), block.source.value, emit);
      case 'server-tool': {
        const input = block.input === undefined ? '' : JSON.stringify(block.input);
        const start = { type: 'server-tool', id: block.id, tool: block.tool } as const;
        return this.#whole({ ...block, extensions: { [FORMAT]: block.raw.value } }, start, input, emit);
      }
      default: // what no block of a stream says travels as a chunk of its own
    }
    this.#close(emit);
    emit({ type: 'opaque', format: FORMAT, frame: { kind: 'sse', data: chunkOf(part) } });
  }

  /** Closes what is open. `citations` belong to the text that is. */
  finish(citations: readonly JsonObject[], emit: Emit<CanonicalEvent>): void {
    if (this.#open?.type === 'text') {
      for (const citation of citations) emit({ type: 'block-mark', index: this.#open.index, citation });
    }
    this.#close(emit);
    this.#endPartial(emit);
  }

  #readProse(block: Prose, emit: Emit<CanonicalEvent>): void {
    const { type, text, signature, extensions } = block;
    const isProofOnly = text === '' && signature !== undefined;
    const isHidden = carriedBy(block)?.['thought'] === false;
    if (text === '' && signature === undefined && extensions === undefined) return;
    if (isProofOnly && this.#open !== undefined && (isHidden || this.#open.type === type)) {
      emit({ type: 'block-mark', index: this.#open.index, signature });
      return this.#close(emit);
    }
    if (this.#open?.type !== type || extensions !== undefined) this.#close(emit);
    const { index } = (this.#open ??= this.#start(type, extensions, emit));
    if (text !== '') emit({ type: 'block-delta', index, delta: text });
    if (signature !== undefined) emit({ type: 'block-mark', index, signature });
    if (signature !== undefined || extensions !== undefined) this.#close(emit);
  }

  #start(type: Prose['type'], extensions: Extensions | undefined, emit: Emit<CanonicalEvent>) {
    const index = this.#nextIndex++;
    emit({ type: 'block-start', index, block: { type }, ...(extensions && { extensions }) });
    return { index, type };
  }

  #whole(block: ContentBlock, start: BlockStart, delta: string, emit: Emit<CanonicalEvent>): void {
    const proof = block.type === 'tool-call' ? block.signature : undefined;
    const staysAtCall = !this.#movedProof(proof, emit);
    this.#close(emit);
    const index = this.#nextIndex++;
    const { extensions } = block;
    emit({ type: 'block-start', index, block: start, ...(extensions && { extensions }) });
    if (proof !== undefined && staysAtCall) emit({ type: 'block-mark', index, signature: proof });
    if (delta !== '') emit({ type: 'block-delta', index, delta });
    emit({ type: 'block-end', index });
  }

  /**
   * The proof of a call that is about to begin, in front of it: at the reasoning that is still open, else at one without words.
   * @returns false where it stays at the call, or there is none
   */
  #movedProof(signature: Signature | undefined, emit: Emit<CanonicalEvent>): boolean {
    if (signature === undefined || this.#scope.movesCallProofs !== true) return false;
    if (this.#open?.type !== 'reasoning') {
      this.#close(emit);
      this.#open = this.#start('reasoning', undefined, emit);
    }
    emit({ type: 'block-mark', index: this.#open.index, signature });
    return true;
  }

  /** @returns whether the part belonged to a call whose arguments come in pieces */
  #readPartial(call: JsonObject, part: JsonObject, emit: Emit<CanonicalEvent>): boolean {
    const hasName = textMember(call, 'name') !== undefined;
    if (hasName) this.#endPartial(emit);
    if (this.#partial === undefined) {
      if (!hasName || !isPartial(call)) return false;
      this.#beginPartial(call, part, emit);
    }
    this.#partial?.take(call);
    if (call['willContinue'] !== true) this.#endPartial(emit);
    return true;
  }

  #beginPartial(call: JsonObject, part: JsonObject, emit: Emit<CanonicalEvent>): void {
    const value = textMember(part, 'thoughtSignature');
    const proof = value === undefined ? undefined : this.#scope.signed(value);
    const staysAtCall = !this.#movedProof(proof, emit);
    this.#close(emit);
    this.#toolCalls += 1;
    const index = this.#nextIndex++;
    this.#partial = new PartialCall(index);
    emit({ type: 'block-start', index, block: { type: 'tool-call', ...this.#scope.identify(call) } });
    if (proof !== undefined && staysAtCall) emit({ type: 'block-mark', index, signature: proof });
  }

  #endPartial(emit: Emit<CanonicalEvent>): void {
    if (this.#partial === undefined) return;
    const { index } = this.#partial;
    emit({ type: 'block-delta', index, delta: this.#partial.toJson() });
    emit({ type: 'block-end', index });
    this.#partial = undefined;
  }

  #close(emit: Emit<CanonicalEvent>): void {
    if (this.#open === undefined) return;
    emit({ type: 'block-end', index: this.#open.index });
    this.#open = undefined;
  }
}

function mediaStart(type: 'image' | 'audio', mediaType: string | undefined): BlockStart {
  return { type, ...(mediaType !== undefined && { mediaType }) };
}

function chunkOf(part: JsonObject): string {
  return JSON.stringify({ candidates: [{ content: { parts: [part], role: 'model' }, index: 0 }] });
}

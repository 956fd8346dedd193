import type { CanonicalEvent, JsonObject, SseFrame } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { parseJsonObject, proofForClient, SpellingMap } from '@sluice/translator-kit';
import { isServerCall } from '../request/decode-server-tool.js';
import { TOOL_ID_RULE } from '../request/request-scope.js';
import { isOwnCitation, noteFor } from './answer-block.js';
import { BlockWriter } from './block-writer.js';
import { searchBlocks, WEB_SEARCH } from './foreign-search.js';
import { OpaqueFrames } from './opaque-frames.js';
import { isRemark, MAX_EXPLANATION_CHARS } from './refusal-remark.js';

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

/** What is kept of a search's input. */
const MAX_QUERY_CHARS = 65_536;

/** Text or thinking that has begun, but has nothing in it yet. */
interface WaitingBlock {
  readonly type: 'text' | 'refusal' | 'reasoning';
  readonly members: JsonObject | undefined;
}

/**
 * The blocks of a streamed answer, which come one after the other. Text and thinking open with their first content: an
 * empty text block would be refused when the client sends it back, and whether thinking is sealed is known only then.
 */
export class BlockEncoder {
  readonly #writer = new BlockWriter();
  readonly #opaque = new OpaqueFrames(this.#writer.skipIndex);
  readonly #ids = new SpellingMap(TOOL_ID_RULE);
  #waiting: WaitingBlock | undefined;
  /** Whether the open block is one whose thinking can be signed. */
  #isThinking = false;
  #isRefusing = false;
  #refusal = '';
  /** A search of another vendor, which is written when it is known what for. */
  #search: { readonly id: string; input: string } | undefined;

  /** What was said as a refusal; no longer kept than it can be explained with. */
  get refusal(): string {
    return this.#refusal;
  }

  start({ block, extensions }: Event<'block-start'>, emit: Emit<SseFrame>): void {
    const members = extensions?.['anthropic-messages'];
    switch (block.type) {
      case 'refusal':
        if (isRemark(members)) return; // it is said at the end of the answer
        this.#waiting = { type: 'refusal', members };
        return;
      case 'text':
      case 'reasoning':
        this.#waiting = { type: block.type, members };
        return;
      case 'tool-call': {
        const id = this.#ids.toWire(block.id);
        return this.#writer.open({ type: 'tool_use', id, name: block.name, input: {}, ...members }, 'input', emit);
      }
      case 'server-tool':
        if (members !== undefined) this.#openServerTool(members, emit);
        else if (block.tool === WEB_SEARCH) this.#search = { id: block.id, input: '' };
        return; // another tool of another vendor: this format cannot say it
      case 'image':
      case 'audio':
        this.#writer.open({ type: 'text', text: '' }, 'text', emit);
        this.#writer.grow(noteFor(block.type), emit);
        return this.#writer.stopGrowing();
      default:
        return unknownStart(block);
    }
  }

  /** The hot path. */
  grow(text: string, emit: Emit<SseFrame>): void {
    if (this.#search !== undefined) {
      if (this.#search.input.length <= MAX_QUERY_CHARS) this.#search.input += text;
      return;
    }
    if (this.#waiting !== undefined) {
      if (text === '') return;
      this.#openWaiting(this.#waiting, emit);
    }
    if (this.#isRefusing && this.#refusal.length <= MAX_EXPLANATION_CHARS) this.#refusal += text;
    this.#writer.grow(text, emit);
  }

  mark({ signature, redacted, citation }: Event<'block-mark'>, emit: Emit<SseFrame>): void {
    if (redacted !== undefined) return this.#seal(redacted, emit);
    const isThinking = this.#isThinking || this.#waiting?.type === 'reasoning';
    const delta = isThinking
      ? signature && { type: 'signature_delta', signature: proofForClient(signature, 'anthropic') }
      : citationDelta(citation);
    if (delta === undefined) return;
    if (this.#waiting !== undefined) this.#openWaiting(this.#waiting, emit);
    if (this.#writer.isOpen) this.#writer.delta(delta, emit);
  }

  end({ extensions }: Event<'block-end'>, emit: Emit<SseFrame>): void {
    this.#waiting = undefined;
    this.#isThinking = false;
    this.#isRefusing = false;
    if (this.#search !== undefined) return this.#writeSearch(this.#search, emit);
    if (this.#writer.isOpen) this.#writer.close(extensions?.['anthropic-messages'], emit);
  }

  /** A frame that only this format knows. */
  pass({ format, frame }: Event<'opaque'>, emit: Emit<SseFrame>): void {
    if (format !== 'anthropic-messages' || frame.kind !== 'sse') return;
    if (this.#waiting !== undefined && OpaqueFrames.isDelta(frame)) this.#openWaiting(this.#waiting, emit);
    emit(this.#opaque.place(frame, this.#writer.index));
  }

  #openWaiting({ type, members }: WaitingBlock, emit: Emit<SseFrame>): void {
    this.#waiting = undefined;
    this.#isThinking = type === 'reasoning';
    this.#isRefusing = type === 'refusal';
    if (type === 'reasoning') {
      this.#writer.open({ type: 'thinking', thinking: '', signature: '', ...members }, 'thinking', emit);
    } else this.#writer.open({ type: 'text', text: '', ...members }, 'text', emit);
  }

  /** Sealed thinking is a block of its own and arrives whole. */
  #seal(data: string, emit: Emit<SseFrame>): void {
    const members = this.#waiting?.members;
    this.#waiting = undefined;
    if (this.#writer.isOpen) this.#writer.close(undefined, emit);
    this.#isThinking = false;
    this.#writer.open({ type: 'redacted_thinking', data, ...members }, undefined, emit);
  }

  #writeSearch({ id, input }: { readonly id: string; readonly input: string }, emit: Emit<SseFrame>): void {
    this.#search = undefined;
    for (const block of searchBlocks(id, parseJsonObject(input))) {
      this.#openServerTool(block, emit);
      if (isServerCall(block)) this.#writer.grow(input, emit);
      this.#writer.close(undefined, emit);
    }
  }

  #openServerTool(members: JsonObject, emit: Emit<SseFrame>): void {
    const isCall = isServerCall(members);
    this.#writer.open(isCall ? { ...members, input: {} } : members, isCall ? 'input' : undefined, emit);
  }
}

function citationDelta(citation: JsonObject | undefined): JsonObject | undefined {
  return citation !== undefined && isOwnCitation(citation) ? { type: 'citations_delta', citation } : undefined;
}

function unknownStart(block: never): never {
  throw new TypeError(`unknown block ${JSON.stringify(block)}`);
}

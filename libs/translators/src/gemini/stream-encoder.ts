import {
  GatewayError,
  type CanonicalEvent,
  type Extensions,
  type JsonObject,
  type SseFrame,
  type Usage,
} from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { BlockSequencer, mergeExtensions, type TranslationContext } from '@sluice/translator-kit';
import { encodeAnswerPart } from './answer/encode-answer-part.js';
import { encodeEnd } from './answer/encode-end.js';
import { carriedBy, FORMAT, without } from './carried.js';
import { encodeStreamError } from './encode-error.js';
import { HeldBlock } from './stream/held-block.js';

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

/** UTF-16 units of a refusal that the end of an answer tells; vendors refuse in a sentence or two. */
const MAX_REFUSAL_CHARS = 4_096;

/** What stands around a piece of text. The text itself goes through `JSON.stringify`, so that the whole is JSON. */
interface TextFrame {
  readonly before: string;
  readonly after: string;
}

/**
 * Canonical events → the stream that Google's clients read: each frame is a whole answer with what is new. Text comes piece
 * by piece, one block after the other; tool calls and media come whole, at most `MAX_HELD_CHARS` long. The last frame has the
 * finish reason and the usage.
 * @see https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
 */
export class GeminiStreamEncoder implements StreamTransformer<CanonicalEvent, SseFrame> {
  readonly #context: TranslationContext;
  readonly #sequencer = new BlockSequencer();
  #emit: Emit<SseFrame> = () => undefined;
  #id = '';
  #startExtensions: Extensions | undefined;
  #usage: Usage | undefined;
  #citations: JsonObject[] = [];
  #held: HeldBlock | undefined;
  #isThought = false;
  #isRefusal = false;
  #hasText = false;
  #refusal = '';
  /** Members that go with the block's first text. */
  #members: JsonObject | undefined;
  #textFrame: TextFrame | undefined;
  #isEmpty = true;
  #hasEnded = false;

  constructor(context: TranslationContext) {
    this.#context = context;
  }

  push(event: CanonicalEvent, emit: Emit<SseFrame>): void {
    if (this.#hasEnded) return;
    this.#emit = emit;
    try {
      this.#sequencer.push(event, this.#encode);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.#fail(error);
    }
  }

  /** Whether the answer had its end has been said already. */
  finish(): void {
    this.#sequencer.finish();
  }

  /** One function for the life of the stream, so that an event costs no closure. */
  readonly #encode = (event: CanonicalEvent): void => {
    switch (event.type) {
      case 'block-delta':
        return this.#grow(event.delta);
      case 'block-start':
        return this.#begin(event);
      case 'block-mark':
        return this.#mark(event);
      case 'block-end':
        return this.#close();
      case 'opaque':
        if (event.format === FORMAT && event.frame.kind === 'sse') this.#emit(event.frame);
        return;
      case 'usage':
        this.#usage = event.usage;
        return;
      case 'response-start':
        this.#id = event.id;
        this.#startExtensions = event.extensions;
        return;
      case 'response-end':
        return this.#end(event);
      case 'response-error':
        return this.#fail(event.error);
      default:
        return unknownEvent(event);
    }
  };

  #begin({ block, extensions }: Event<'block-start'>): void {
    this.#isEmpty = false;
    switch (block.type) {
      case 'text':
      case 'refusal':
      case 'reasoning': {
        const carried = carriedBy({ ...(extensions && { extensions }) });
        const isHidden = carried?.['thought'] === false;
        this.#isThought = block.type === 'reasoning' && !isHidden;
        this.#isRefusal = block.type === 'refusal';
        this.#members = isHidden ? without(carried, ['thought']) : carried;
        this.#textFrame = this.#frameAround(this.#isThought);
        return;
      }
      default:
        this.#held = new HeldBlock(block, extensions);
    }
  }

  /** The hot path: one frame around the text, from parts that are made once per block. */
  #grow(text: string): void {
    if (this.#held !== undefined) return this.#held.append(text);
    if (text === '') return;
    if (this.#isRefusal) {
      this.#refusal = (this.#refusal + text).slice(0, MAX_REFUSAL_CHARS);
      if (this.#hasText) return; // the end tells it
    } else if (!this.#isThought) this.#hasText = true;
    if (this.#members !== undefined) return this.#part({ text, ...(this.#isThought && { thought: true }) });
    if (this.#textFrame === undefined) return;
    const { before, after } = this.#textFrame;
    this.#emit({ kind: 'sse', data: before + JSON.stringify(text) + after });
  }

  #mark({ signature, citation }: Event<'block-mark'>): void {
    if (citation !== undefined) this.#citations.push(citation);
    if (signature === undefined) return;
    if (this.#held !== undefined) this.#held.signature = signature;
    else this.#part({ text: '', ...(this.#isThought && { thought: true }), thoughtSignature: signature.value });
  }

  #close(): void {
    const part = this.#held && encodeAnswerPart(this.#held.toBlock());
    this.#held = undefined;
    this.#isRefusal = false;
    this.#members = undefined;
    this.#textFrame = undefined;
    if (part !== undefined) this.#part(part);
  }

  #part(part: JsonObject): void {
    const content = { parts: [{ ...part, ...this.#members }], role: 'model' };
    this.#members = undefined;
    this.#chunk({ candidates: [{ content, index: 0 }], ...this.#names() });
  }

  #end({ finishReason, extensions }: Event<'response-end'>): void {
    this.#hasEnded = true;
    const carried = mergeExtensions(this.#startExtensions, extensions);
    this.#chunk(
      encodeEnd({
        parts: [{ text: '' }], // as Google does: some clients read the first part of every frame
        citations: this.#citations,
        refusal: this.#refusal,
        finishReason,
        usage: this.#usage,
        carried: carriedBy({ ...(carried && { extensions: carried }) }),
        id: this.#id,
        model: this.#context.requestedModel,
        isEmpty: this.#isEmpty,
      }),
    );
  }

  #fail(error: GatewayError): void {
    this.#hasEnded = true;
    this.#held = undefined;
    for (const frame of encodeStreamError(error, this.#context.requestId)) this.#emit(frame);
  }

  #names(): JsonObject {
    return { modelVersion: this.#context.requestedModel, ...(this.#id !== '' && { responseId: this.#id }) };
  }

  #frameAround(isThought: boolean): TextFrame {
    const names = JSON.stringify(this.#names()).slice(1, -1);
    const thought = isThought ? ',"thought":true' : '';
    return {
      before: '{"candidates":[{"content":{"parts":[{"text":',
      after: `${thought}}],"role":"model"},"index":0}],${names}}`,
    };
  }

  #chunk(chunk: JsonObject): void {
    this.#emit({ kind: 'sse', data: JSON.stringify(chunk) });
  }
}

function unknownEvent(event: never): never {
  throw new TypeError(`unknown event ${JSON.stringify(event)}`);
}

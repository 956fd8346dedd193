import {
  GatewayError,
  isJsonObject,
  type BlockStart,
  type CanonicalEvent,
  type CanonicalRequest,
  type FinishReason,
  type JsonObject,
  type JsonValue,
  type WireFrame,
} from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import {
  invalidResponse,
  objectMember,
  settleFinishReason,
  textMember,
  type TranslationContext,
} from '@sluice/translator-kit';
import { AnswerContext } from './answer-context.js';
import { restOfAnswer } from './answer-rest.js';
import { imageType, isServerTool } from './decode-block.js';
import { mapStopReason } from './map-stop-reason.js';
import { mapUsage } from './map-usage.js';
import { OpenBlock } from './open-block.js';
import { readFrame, type ConverseEvent } from './read-frame.js';

/** Blocks that may be open at once; the service opens one at a time. */
export const MAX_OPEN_BLOCKS = 1024;

/**
 * Frames of one answer → canonical events. Only calls and images announce themselves: text and reasoning begin with their
 * first delta. Usage comes behind the stop reason, so the end is held until it is there, or until the stream ends.
 *
 * ```text
 *  messageStart (contentBlockStart? contentBlockDelta* contentBlockStop)* messageStop ── metadata ──▶ response-end
 *       │                                                                     └── end of stream ──▶ response-end
 *       ├── end of stream ──▶ response-error (upstream_truncated)
 *       └── exception ──▶ response-error
 * ```
 */
export class ConverseStreamDecoder implements StreamTransformer<WireFrame, CanonicalEvent> {
  readonly #answer: AnswerContext;
  /** By the vendor's index. */
  readonly #open = new Map<number, OpenBlock>();
  #emit: Emit<CanonicalEvent> = () => undefined;
  #nextIndex = 0;
  #toolCalls = 0;
  #hasStarted = false;
  #hasEnded = false;
  #stop: { readonly reason: FinishReason; readonly payload: JsonObject } | undefined;
  #metadata: JsonObject | undefined;

  constructor(context: TranslationContext, request: CanonicalRequest) {
    this.#answer = new AnswerContext(context, request);
  }

  push(frame: WireFrame, emit: Emit<CanonicalEvent>): void {
    if (this.#hasEnded) return;
    this.#emit = emit;
    const event = frame.kind === 'binary' ? readFrame(frame) : undefined;
    if (event === undefined)
      return this.#fail(invalidResponse('The vendor sent a frame that its format does not allow.'));
    try {
      this.#take(event, frame);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.#fail(error);
    }
  }

  finish(emit: Emit<CanonicalEvent>): void {
    if (this.#hasEnded) return;
    this.#emit = emit;
    if (this.#stop !== undefined) return this.#end(this.#stop);
    const message = 'The vendor ended its answer before it was complete.';
    this.#fail(new GatewayError({ kind: 'upstream_truncated', message }));
  }

  #take(event: ConverseEvent, frame: WireFrame): void {
    switch (event.type) {
      case 'message-start':
        return this.#begin();
      case 'block-start':
        return this.#takeStart(event.position, event.start, frame);
      case 'block-delta':
        return this.#takeDelta(event.position, event.delta, frame);
      case 'block-stop':
        return this.#close(event.position);
      case 'message-stop':
        return this.#takeStop(event.payload);
      case 'metadata':
        this.#metadata = event.payload;
        if (this.#stop !== undefined) this.#end(this.#stop);
        return;
      case 'failure':
        return this.#fail(event.error);
      case 'other':
        return this.#carry(frame);
      default:
        return unknownEvent(event);
    }
  }

  #takeStart(position: number, start: JsonObject, frame: WireFrame): void {
    const toolUse = objectMember(start, 'toolUse');
    const image = objectMember(start, 'image');
    if (toolUse !== undefined) this.#openToolUse(position, toolUse);
    else if (image !== undefined)
      this.#openBlock(position, { type: 'image', ...imageType(textMember(image, 'format')) });
    else this.#carry(frame);
  }

  #openToolUse(position: number, toolUse: JsonObject): void {
    const id = textMember(toolUse, 'toolUseId');
    const name = textMember(toolUse, 'name') ?? '';
    if (isServerTool(toolUse)) {
      const start: BlockStart = { type: 'server-tool', id: id ?? '', tool: name };
      this.#openBlock(position, start, { toolUse });
      return;
    }
    this.#toolCalls += 1;
    this.#openBlock(position, { type: 'tool-call', id: this.#answer.callId(id), name: this.#answer.toolName(name) });
  }

  #takeDelta(position: number, delta: JsonObject, frame: WireFrame): void {
    const { text } = delta;
    if (typeof text === 'string') return this.#blockOf(position, 'text').append(text, this.#emit);
    const open = this.#open.get(position);
    const input = inputText(objectMember(delta, 'toolUse')?.['input']);
    const bytes = textMember(objectMember(objectMember(delta, 'image'), 'source'), 'bytes');
    const citation = objectMember(delta, 'citation');
    const reasoning = objectMember(delta, 'reasoningContent');
    if (reasoning !== undefined) this.#takeReasoning(position, reasoning);
    else if (citation !== undefined) this.#blockOf(position, 'text').cite(citation, this.#emit);
    else if (input !== undefined && isCall(open)) open.append(input, this.#emit);
    else if (bytes !== undefined && open?.type === 'image') open.appendBytes(bytes, this.#emit);
    else this.#carry(frame);
  }

  #takeReasoning(position: number, { text, signature, redactedContent }: JsonObject): void {
    const block = this.#blockOf(position, 'reasoning');
    if (typeof text === 'string') block.append(text, this.#emit);
    if (typeof signature === 'string') block.sign(signature);
    if (typeof redactedContent === 'string') block.seal(redactedContent);
  }

  /** @throws GatewayError `upstream_invalid_response` without a reason */
  #takeStop(payload: JsonObject): void {
    const reason = mapStopReason(payload);
    if (reason === undefined) throw invalidResponse('The vendor’s answer does not say why it ended.');
    this.#begin();
    for (const position of [...this.#open.keys()]) this.#close(position);
    this.#stop = { reason, payload };
    if (this.#metadata !== undefined) this.#end(this.#stop);
  }

  #begin(): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#emit({ type: 'response-start', id: this.#answer.id, model: this.#answer.model });
  }

  /** The open block at the vendor's position, or one that begins now because nothing announced it. */
  #blockOf(position: number, type: 'text' | 'reasoning'): OpenBlock {
    const open = this.#open.get(position);
    return open?.type === type ? open : this.#openBlock(position, { type });
  }

  /** @throws GatewayError `upstream_invalid_response` above `MAX_OPEN_BLOCKS` */
  #openBlock(position: number, start: BlockStart, own?: JsonObject): OpenBlock {
    this.#begin();
    this.#close(position);
    if (this.#open.size >= MAX_OPEN_BLOCKS) throw invalidResponse('The vendor began more blocks than it may.');
    const block = new OpenBlock(this.#nextIndex++, start, this.#answer);
    this.#open.set(position, block);
    block.begin(this.#emit, own === undefined ? undefined : { 'bedrock-converse': own });
    return block;
  }

  #close(position: number): void {
    this.#open.get(position)?.end(this.#emit);
    this.#open.delete(position);
  }

  #end({ reason, payload }: { readonly reason: FinishReason; readonly payload: JsonObject }): void {
    this.#hasEnded = true;
    for (const position of [...this.#open.keys()]) this.#close(position); // some begin behind the stop
    const metadata = this.#metadata ?? {};
    const raw = objectMember(metadata, 'usage');
    const usage = raw && mapUsage(raw);
    if (usage !== undefined) this.#emit({ type: 'usage', usage });
    const finishReason = settleFinishReason({ reported: reason, toolCalls: this.#toolCalls });
    this.#emit({ type: 'response-end', finishReason, ...restOfAnswer(payload, metadata) });
  }

  #fail(error: GatewayError): void {
    this.#hasEnded = true;
    this.#open.clear();
    this.#emit({ type: 'response-error', error });
  }

  /** Results of the vendor's own tools, events yet to be invented. */
  #carry(frame: WireFrame): void {
    this.#begin();
    this.#emit({ type: 'opaque', format: 'bedrock-converse', frame });
  }
}

function isCall(block: OpenBlock | undefined): block is OpenBlock {
  return block?.type === 'tool-call' || block?.type === 'server-tool';
}

/** A piece of JSON text; servers that imitate the service send the whole input as what it is. */
function inputText(input: JsonValue | undefined): string | undefined {
  if (typeof input === 'string') return input;
  return isJsonObject(input) ? JSON.stringify(input) : undefined;
}

function unknownEvent(event: never): never {
  throw new TypeError(`unknown event ${JSON.stringify(event)}`);
}

import {
  GatewayError,
  type CanonicalEvent,
  type CanonicalRequest,
  type JsonObject,
  type SseFrame,
  type WireFrame,
} from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import {
  carryUnknown,
  deterministicId,
  invalidResponse,
  objectMember,
  parseJsonObject,
  settleFinishReason,
  textMember,
  type TranslationContext,
} from '@sluice/translator-kit';
import { BlockDecoder } from './answer/block-decoder.js';
import { restOfMessage } from './answer/message-rest.js';
import { refusalRemark } from './answer/refusal-remark.js';
import { CallRestorer } from './answer/restore-calls.js';
import { decodeAnswerError } from './decode-error.js';
import { mapStopReason } from './map-stop-reason.js';
import { mapUsage, mergeUsage } from './map-usage.js';
import { carried } from './request/node-rest.js';

/** Seen from vendors that put an OpenAI server's framing around Anthropic's events. */
const FOREIGN_DONE = '[DONE]';

const MESSAGE_DELTA: ReadonlySet<string> = new Set(['type', 'delta', 'usage']);

/**
 * A vendor's stream of message events.
 *
 * ```text
 * idle ── message_start ──▶ open ── message_stop ──▶ ended      (whatever follows is ignored)
 *   └────────── error ───────┴── error · end of input ──▶ ended
 * open:  content_block_start · content_block_delta* · content_block_stop, one block after the other
 *        message_delta*   usage replaces what was said; the first stop reason counts
 * ```
 *
 * Events that are not known travel as opaque frames; `ping` means nothing.
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming
 */
export class AnthropicStreamDecoder implements StreamTransformer<WireFrame, CanonicalEvent> {
  readonly #context: TranslationContext;
  readonly #blocks: BlockDecoder;
  #usage: JsonObject | undefined;
  #stop: JsonObject = {};
  /** Members of the `message_delta`s that the canonical model has not. */
  #endMembers: JsonObject = {};
  #hasStarted = false;
  #hasEnded = false;

  constructor(context: TranslationContext, request: CanonicalRequest) {
    this.#context = context;
    this.#blocks = new BlockDecoder(new CallRestorer(request, context), context.upstreamModel);
  }

  push(frame: WireFrame, emit: Emit<CanonicalEvent>): void {
    if (this.#hasEnded) return;
    try {
      if (frame.kind !== 'sse') throw invalidResponse('The vendor sent a binary event in a text stream.');
      if (frame.event === 'ping' || frame.data === '' || frame.data === FOREIGN_DONE) return;
      const value = parseJsonObject(frame.data);
      if (value === undefined)
        throw invalidResponse('The vendor sent an event in its stream that is not a JSON object.');
      this.#read(value, frame, emit);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.#hasEnded = true;
      emit({ type: 'response-error', error });
    }
  }

  finish(emit: Emit<CanonicalEvent>): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const message = 'The vendor’s answer stopped before its end.';
    emit({ type: 'response-error', error: new GatewayError({ kind: 'upstream_truncated', message }) });
  }

  /** @throws GatewayError the failure that ends the stream */
  #read(value: JsonObject, frame: SseFrame, emit: Emit<CanonicalEvent>): void {
    switch (value['type'] ?? frame.event) {
      case 'content_block_delta':
        return this.#blocks.grow(value, frame, emit);
      case 'content_block_start':
        this.#start({}, emit); // some imitators of Anthropic leave message_start out
        return this.#blocks.start(value, frame, emit);
      case 'content_block_stop':
        return this.#blocks.stop(value, frame, emit);
      case 'message_start':
        return this.#start(objectMember(value, 'message') ?? {}, emit);
      case 'message_delta':
        return this.#learnEnd(value, emit);
      case 'message_stop':
        return this.#end(emit);
      case 'ping':
        return;
      default:
        if (frame.event === 'error' || value['type'] === 'error' || isBareError(value)) throw decodeAnswerError(value);
        if (this.#hasStarted) emit({ type: 'opaque', format: 'anthropic-messages', frame });
    }
  }

  #start(message: JsonObject, emit: Emit<CanonicalEvent>): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#blocks.model = textMember(message, 'model') ?? this.#blocks.model;
    emit({
      type: 'response-start',
      id: textMember(message, 'id') ?? deterministicId('msg_', [this.#context.requestId]),
      model: this.#blocks.model,
      ...carried(restOfMessage(message)),
    });
    this.#learnUsage(objectMember(message, 'usage'), emit);
  }

  #learnEnd(value: JsonObject, emit: Emit<CanonicalEvent>): void {
    this.#start({}, emit);
    const delta = objectMember(value, 'delta') ?? {};
    if (mapStopReason(this.#stop) === undefined) this.#stop = delta; // a second one is a repetition, or wrong
    this.#endMembers = { ...this.#endMembers, ...carryUnknown(value, MESSAGE_DELTA), ...delta };
    this.#learnUsage(objectMember(value, 'usage'), emit);
  }

  #learnUsage(raw: JsonObject | undefined, emit: Emit<CanonicalEvent>): void {
    if (raw === undefined) return;
    this.#usage = mergeUsage(this.#usage, raw);
    const usage = mapUsage(this.#usage);
    if (usage !== undefined) emit({ type: 'usage', usage });
  }

  /** Usage members are cumulative, as the counts are: a reader of the whole answer finds all of them at the end. */
  #end(emit: Emit<CanonicalEvent>): void {
    this.#start({}, emit);
    this.#blocks.finish(emit);
    this.#hasEnded = true;
    const reported = mapStopReason(this.#stop) ?? ({ unified: 'other' } as const);
    const members = { ...this.#endMembers, ...this.#stop, ...(this.#usage && { usage: this.#usage }) };
    const remark = refusalRemark(members);
    if (remark !== undefined) this.#blocks.append(remark, emit);
    emit({
      type: 'response-end',
      finishReason: settleFinishReason({ reported, toolCalls: this.#blocks.toolCalls }),
      ...carried(restOfMessage(members)),
    });
  }
}

/** An error in the words of the platform that serves the model, such as Google's. */
function isBareError(value: JsonObject): boolean {
  return value['type'] === undefined && objectMember(value, 'error') !== undefined;
}

import {
  GatewayError,
  type CanonicalEvent,
  type CanonicalRequest,
  type JsonObject,
  type SseFrame,
  type Usage,
} from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import {
  objectsMember,
  parseJsonObject,
  restoreMembers,
  type TranslationContext,
  withoutMembers,
} from '@sluice/translator-kit';
import { carriedBy, FORMAT } from './carried.js';
import { encodeStreamError } from './encode-error.js';
import { answerId, carriedChoice } from './encode-response.js';
import { readClientHabits, type ClientHabits } from './response/client-habits.js';
import { encodeFinishReason } from './response/encode-finish-reason.js';
import { encodeUsage } from './response/encode-usage.js';
import { BlockWriters } from './stream/block-writers.js';
import { ChunkTemplate } from './stream/chunk-template.js';
import { DONE } from './wire-types.js';

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

/**
 * Canonical events → chunks of a chat completion: the role once, pieces, the finish once, the usage where it was asked for,
 * `[DONE]`. A failure is an error object and `[DONE]`, never a finish.
 */
export class ChatStreamEncoder implements StreamTransformer<CanonicalEvent, SseFrame> {
  readonly #context: TranslationContext;
  readonly #habits: ClientHabits;
  #template: ChunkTemplate | undefined;
  #blocks: BlockWriters | undefined;
  #usage: Usage | undefined;
  #hasEnded = false;

  constructor(request: CanonicalRequest, context: TranslationContext) {
    this.#context = context;
    this.#habits = readClientHabits(request);
  }

  push(event: CanonicalEvent, emit: Emit<SseFrame>): void {
    if (this.#hasEnded) return;
    try {
      this.#write(event, emit);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.#fail(error, emit);
    }
  }

  finish(): void {}

  #write(event: CanonicalEvent, emit: Emit<SseFrame>): void {
    switch (event.type) {
      case 'response-start':
        return this.#start(event, emit);
      case 'block-start':
      case 'block-delta':
      case 'block-mark':
      case 'block-end':
        return this.#blocks?.push(event, (data) => emit({ kind: 'sse', data }));
      case 'usage':
        this.#usage = event.usage;
        return;
      case 'opaque':
        return this.#pass(event, emit);
      case 'response-end':
        return this.#end(event, emit);
      case 'response-error':
        return this.#fail(event.error, emit);
      default:
        return event satisfies never;
    }
  }

  #start(event: Event<'response-start'>, emit: Emit<SseFrame>): void {
    const { created = this.#context.createdAtSeconds, ...carried } = carriedBy(event) ?? {};
    const members = Object.entries(carried);
    const isConstant = (value: unknown): boolean => typeof value !== 'object' || value === null;
    const template = new ChunkTemplate({
      id: answerId(event.id, this.#context),
      created,
      model: this.#context.requestedModel,
      constants: Object.fromEntries(members.filter(([, value]) => isConstant(value))),
      wantsUsage: this.#habits.wantsUsage,
    });
    this.#template = template;
    this.#blocks = new BlockWriters({ template, habits: this.#habits });
    const once = Object.fromEntries(members.filter(([, value]) => !isConstant(value)));
    emitData(template.chunk({ choices: [choiceOf({ role: 'assistant', content: '' })], ...once }), emit);
  }

  /** A chunk of this format that the canonical model could not say. */
  #pass({ format, frame }: Event<'opaque'>, emit: Emit<SseFrame>): void {
    if (format !== FORMAT || frame.kind !== 'sse' || this.#template === undefined) return;
    const chunk = parseJsonObject(frame.data);
    if (chunk === undefined) return;
    const choices = objectsMember(chunk, 'choices').map((choice) => ({ ...choiceOf({}), ...choice }));
    emitData(this.#template.chunk({ ...chunk, choices }), emit);
  }

  #end(event: Event<'response-end'>, emit: Emit<SseFrame>): void {
    if (this.#template === undefined) return;
    this.#hasEnded = true;
    const carried = carriedBy(event);
    const hasCalls = (this.#blocks?.callCount ?? 0) > 0;
    const finish = encodeFinishReason(event.finishReason, { hasCalls, isLegacy: this.#habits.isLegacy });
    const choice = restoreMembers({ ...choiceOf({}), finish_reason: finish }, carriedChoice(carried));
    emitData(this.#template.chunk({ choices: [choice], ...withoutMembers(carried, ['choices']) }), emit);
    if (this.#habits.wantsUsage && this.#usage !== undefined) {
      emitData(this.#template.chunk({ choices: [], usage: encodeUsage(this.#usage) }), emit);
    }
    emitData(DONE, emit);
  }

  #fail(error: GatewayError, emit: Emit<SseFrame>): void {
    this.#hasEnded = true;
    for (const frame of encodeStreamError(error)) emit(frame);
  }
}

function choiceOf(delta: JsonObject): JsonObject {
  return { index: 0, delta, logprobs: null, finish_reason: null };
}

function emitData(data: string, emit: Emit<SseFrame>): void {
  emit({ kind: 'sse', data });
}

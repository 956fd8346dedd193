import type { CanonicalEvent, FinishReason, JsonObject, JsonValue, SseFrame, Usage } from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { BlockSequencer, deterministicId, objectMember, type TranslationContext } from '@sluice/translator-kit';
import { BlockEncoder } from './answer/block-encoder.js';
import { eventFrame } from './answer/block-writer.js';
import { encodeStopReason } from './answer/encode-stop-reason.js';
import { encodeRunningUsage, encodeUsage } from './answer/encode-usage.js';
import { encodeStopDetails } from './answer/refusal-remark.js';
import { encodeStreamError } from './encode-error.js';

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

/** Members of an answer's end that stand beside `delta` in a `message_delta`, not in it. */
const BESIDE_DELTA: ReadonlySet<string> = new Set(['context_management', 'input_transformations']);

/**
 * Canonical events → the stream that Anthropic's clients read: blocks one after the other, numbered 0, 1, 2 …, then a
 * `message_delta` with stop reason and cumulative usage, then `message_stop`. `message_start` waits for the next event,
 * because it wants to say what the input cost.
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming
 */
export class AnthropicStreamEncoder implements StreamTransformer<CanonicalEvent, SseFrame> {
  readonly #context: TranslationContext;
  readonly #sequencer = new BlockSequencer();
  readonly #blocks = new BlockEncoder();
  #emit: Emit<SseFrame> = () => undefined;
  #waitingStart: Event<'response-start'> | undefined;
  #startMembers: JsonObject | undefined;
  #usage: Usage | undefined;
  #hasEnded = false;

  constructor(context: TranslationContext) {
    this.#context = context;
  }

  push(event: CanonicalEvent, emit: Emit<SseFrame>): void {
    if (this.#hasEnded) return;
    this.#emit = emit;
    this.#sequencer.push(event, this.#encode);
  }

  /** Whether the answer had its end has been said already. */
  finish(): void {
    this.#sequencer.finish();
  }

  /** One function for the life of the stream, so that an event costs no closure. */
  readonly #encode = (event: CanonicalEvent): void => {
    const emit = this.#emit;
    if (event.type === 'usage') this.#usage = event.usage;
    if (this.#waitingStart !== undefined && event.type !== 'response-error') this.#begin(this.#waitingStart, emit);
    switch (event.type) {
      case 'block-delta':
        return this.#blocks.grow(event.delta, emit);
      case 'block-start':
        return this.#blocks.start(event, emit);
      case 'block-mark':
        return this.#blocks.mark(event, emit);
      case 'block-end':
        return this.#blocks.end(event, emit);
      case 'opaque':
        return this.#blocks.pass(event, emit);
      case 'usage':
        return;
      case 'response-start':
        this.#waitingStart = event;
        return;
      case 'response-end':
        return this.#end(event, emit);
      case 'response-error':
        this.#hasEnded = true;
        return encodeStreamError(event.error, this.#context.requestId).forEach((frame) => emit(frame));
      default:
        return unknownEvent(event);
    }
  };

  #begin({ id, extensions }: Event<'response-start'>, emit: Emit<SseFrame>): void {
    this.#waitingStart = undefined;
    const members = extensions?.['anthropic-messages'];
    this.#startMembers = members;
    const message = {
      id: id === '' ? deterministicId('msg_', [this.#context.requestId]) : id,
      type: 'message',
      role: 'assistant',
      model: this.#context.requestedModel,
      content: [],
      ...members,
      stop_reason: null,
      stop_sequence: null,
      usage: encodeUsage(this.#usage, objectMember(members, 'usage')),
    };
    emit(eventFrame('message_start', { message }));
  }

  #end({ finishReason, extensions }: Event<'response-end'>, emit: Emit<SseFrame>): void {
    this.#hasEnded = true;
    const members = extensions?.['anthropic-messages'];
    const usage = encodeRunningUsage(this.#usage, objectMember(members, 'usage'));
    emit(eventFrame('message_delta', { ...this.#messageDelta(finishReason, members), usage }));
    emit(eventFrame('message_stop', {}));
  }

  /** `delta` and what stands beside it. */
  #messageDelta(finishReason: FinishReason, members: JsonObject | undefined): JsonObject {
    const inside: Record<string, JsonValue | undefined> = {};
    const beside: Record<string, JsonValue | undefined> = {};
    for (const name in members) {
      if (name !== 'usage') (BESIDE_DELTA.has(name) ? beside : inside)[name] = members[name];
    }
    const carried = { ...this.#startMembers, ...members }; // a whole answer that is streamed brings everything at its start
    const { refusal } = this.#blocks;
    const stop = encodeStopReason({ finishReason, carried, hasRefused: refusal !== '' });
    return { delta: { ...encodeStopDetails(stop, refusal), ...inside, ...stop }, ...beside };
  }
}

function unknownEvent(event: never): never {
  throw new TypeError(`unknown event ${JSON.stringify(event)}`);
}

import {
  GatewayError,
  type CanonicalEvent,
  type CanonicalRequest,
  type JsonObject,
  type SseFrame,
  type Usage,
} from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { BlockSequencer, MAX_ACCUMULATED_CHARS, type TranslationContext } from '@sluice/translator-kit';
import { ClientTools } from './answer/client-tools.js';
import { encodeStatus } from './answer/encode-status.js';
import { encodeUsage } from './answer/encode-usage.js';
import { ResponseObject, type ResponseParts } from './answer/response-object.js';
import { carriedBy, FORMAT } from './carried.js';
import { failureFrames } from './encode-error.js';
import { EventWriter } from './stream/event-writer.js';
import { OutputWriter } from './stream/output-writer.js';

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

const IN_PROGRESS = { status: 'in_progress', incomplete_details: null } as const;

/**
 * Canonical events → the stream that clients of the Responses API read: `response.created` and `response.in_progress`, the
 * items one after the other, and `response.completed` or `response.incomplete` with everything once more. A failure is an
 * `error` and a `response.failed`.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponsesStreamEncoder implements StreamTransformer<CanonicalEvent, SseFrame> {
  readonly #events = new EventWriter();
  readonly #sequencer = new BlockSequencer();
  readonly #object: ResponseObject;
  readonly #output: OutputWriter;
  #emit: Emit<SseFrame> = () => undefined;
  #id = '';
  #carried: JsonObject | undefined;
  #usage: Usage | undefined;
  #hasEnded = false;

  /** @param maxChars how much of the answer may be kept for its end, in UTF-16 units */
  constructor(request: CanonicalRequest, context: TranslationContext, maxChars = MAX_ACCUMULATED_CHARS) {
    this.#object = new ResponseObject(context, request);
    this.#output = new OutputWriter({ events: this.#events, context, tools: new ClientTools(request), maxChars });
  }

  push(event: CanonicalEvent, emit: Emit<SseFrame>): void {
    if (this.#hasEnded) return;
    this.#emit = emit;
    this.#output.emit = emit;
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
        return this.#output.grow(event.delta);
      case 'block-start':
        return this.#output.start(event);
      case 'block-mark':
        return this.#output.mark(event);
      case 'block-end':
        return this.#output.end(event);
      case 'usage':
        this.#usage = event.usage;
        return;
      case 'opaque':
        if (event.format === FORMAT && event.frame.kind === 'sse') this.#output.pass(event.frame);
        return;
      case 'response-start':
        return this.#start(event);
      case 'response-end':
        return this.#end(event);
      case 'response-error':
        return this.#fail(event.error);
      default:
        return event satisfies never;
    }
  };

  #start(event: Event<'response-start'>): void {
    this.#id = this.#object.idOf(event.id);
    this.#carried = carriedBy(event);
    const response = this.#render(IN_PROGRESS, []);
    this.#events.write('response.created', { response }, this.#emit);
    this.#events.write('response.in_progress', { response }, this.#emit);
  }

  #end(event: Event<'response-end'>): void {
    this.#hasEnded = true;
    const status = encodeStatus(event.finishReason, this.#output.hasRefusal);
    const isIncomplete = status.status === 'incomplete';
    this.#output.finish(isIncomplete ? 'incomplete' : 'completed');
    const carried = carriedBy(event);
    if (carried !== undefined) this.#carried = { ...this.#carried, ...carried };
    const type = isIncomplete ? 'response.incomplete' : `response.${status.status}`;
    this.#events.write(type, { response: this.#render(status, this.#output.output) }, this.#emit);
  }

  #fail(error: GatewayError): void {
    this.#hasEnded = true;
    this.#output.abandon();
    const response = this.#render(IN_PROGRESS, this.#output.output);
    const frames = failureFrames(error, { firstNumber: this.#events.nextNumber, response });
    for (const frame of frames) this.#emit(frame);
  }

  #render(
    status: Pick<ResponseParts, 'status' | 'incomplete_details' | 'error'>,
    output: readonly JsonObject[],
  ): JsonObject {
    const usage = this.#usage === undefined ? null : encodeUsage(this.#usage);
    return this.#object.render({ id: this.#object.idOf(this.#id), ...status, output, usage }, this.#carried);
  }
}

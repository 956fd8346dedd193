import {
  GatewayError,
  type CanonicalEvent,
  type CanonicalRequest,
  type JsonObject,
  type WireFrame,
} from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import {
  deterministicId,
  invalidResponse,
  objectMember,
  objectsMember,
  parseJsonObject,
  textMember,
  type TranslationContext,
} from '@sluice/translator-kit';
import { CallRestorer } from './answer/call-restorer.js';
import { responseExtensions } from './answer/response-rest.js';
import { settleAnswer } from './answer/settle-answer.js';
import { decodeErrorEvent, findAnswerError } from './decode-error.js';
import { mapStopReason } from './map-stop-reason.js';
import { mapUsage } from './map-usage.js';
import type { ItemEvent } from './stream/item-reader.js';
import { OutputReader } from './stream/output-reader.js';
import { FOREIGN_DONE } from './wire-types.js';

/**
 * A vendor's stream of response events.
 *
 * ```text
 * idle ── response.created, or any item ──▶ open ── completed | incomplete ──▶ ended      (whatever follows is ignored)
 *   └──── error | failed | end of input ─────┴─── error | failed | cancelled | end of input ──▶ ended (response-error)
 * open:  output_item.added · events of the item* · output_item.done, items may overlap
 * ```
 *
 * `error` is normally followed by `response.failed`; the first of them counts. Events that are not known travel as opaque
 * frames.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponsesStreamDecoder implements StreamTransformer<WireFrame, CanonicalEvent> {
  readonly #context: TranslationContext;
  readonly #output: OutputReader;
  #hasStarted = false;
  #hasEnded = false;

  constructor(context: TranslationContext, request: CanonicalRequest) {
    this.#context = context;
    const { requestId } = context;
    this.#output = new OutputReader({ restorer: new CallRestorer(request, context), requestId });
  }

  push(frame: WireFrame, emit: Emit<CanonicalEvent>): void {
    if (this.#hasEnded) return;
    try {
      if (frame.kind !== 'sse') throw invalidResponse('The vendor sent a binary event in a text stream.');
      if (frame.data === '' || frame.data === FOREIGN_DONE) return;
      const value = parseJsonObject(frame.data);
      if (value === undefined)
        throw invalidResponse('The vendor sent an event in its stream that is not a JSON object.');
      this.#read({ type: textMember(value, 'type') ?? frame.event ?? '', value, frame }, emit);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.#fail(error, emit);
    }
  }

  finish(emit: Emit<CanonicalEvent>): void {
    if (this.#hasEnded) return;
    const message = 'The vendor’s answer stopped before its end.';
    this.#fail(new GatewayError({ kind: 'upstream_truncated', message }), emit);
  }

  /** @throws GatewayError the failure that ends the stream */
  #read(event: ItemEvent, emit: Emit<CanonicalEvent>): void {
    switch (event.type) {
      case 'response.created':
      case 'response.in_progress':
      case 'response.queued':
        return this.#start(objectMember(event.value, 'response') ?? {}, emit);
      case 'response.completed':
      case 'response.done': // seen where the same events come over a socket
      case 'response.incomplete':
      case 'response.failed':
      case 'response.cancelled':
        return this.#end(objectMember(event.value, 'response') ?? {}, event.type, emit);
      case 'error':
        throw decodeErrorEvent(event.value);
      default:
        this.#start({}, emit);
        this.#output.push(event, emit);
    }
  }

  #start(response: JsonObject, emit: Emit<CanonicalEvent>): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#output.model = textMember(response, 'model') ?? this.#context.upstreamModel;
    emit({
      type: 'response-start',
      id: textMember(response, 'id') ?? deterministicId('resp_', [this.#context.requestId]),
      model: this.#output.model,
      ...responseExtensions(response),
    });
  }

  #end(response: JsonObject, type: string, emit: Emit<CanonicalEvent>): void {
    const status = textMember(response, 'status') ?? type.slice('response.'.length);
    const error = findAnswerError({ ...response, status });
    this.#start(response, emit);
    if (error === undefined) this.#output.finish(objectsMember(response, 'output'), emit);
    const raw = objectMember(response, 'usage');
    const usage = raw && mapUsage(raw);
    if (usage !== undefined) emit({ type: 'usage', usage });
    if (error !== undefined) throw error;
    this.#hasEnded = true;
    const reported = mapStopReason({ ...response, status }) ?? ({ unified: 'other', raw: status } as const);
    emit({
      type: 'response-end',
      finishReason: settleAnswer(reported, this.#output),
      ...responseExtensions(response),
    });
  }

  #fail(error: GatewayError, emit: Emit<CanonicalEvent>): void {
    this.#hasEnded = true;
    emit({ type: 'response-error', error });
  }
}

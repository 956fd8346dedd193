import type { GatewayError, JsonObject, WireFrame } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import {
  invalidResponse,
  objectMember,
  parseJsonObject,
  settleFinishReason,
  textMember,
  TextMeter,
  type Observation,
  type StreamObserver,
} from '@sluice/translator-kit';
import { decodeErrorEvent, findAnswerError } from './decode-error.js';
import { isClientCall } from './items/item-kinds.js';
import { mapStopReason } from './map-stop-reason.js';
import { mapUsage } from './map-usage.js';
import { FOREIGN_DONE } from './wire-types.js';

/** How deltas begin where a vendor leaves the `event:` line out. */
const DELTA_DATA = /^\{"type":"response\.[a-z_.]+\.delta"/;

const DELTA = ['"delta"'];

/** Events before the first content: they say that the vendor has begun, not that it will get anywhere. */
const HANDSHAKE: ReadonlySet<string> = new Set(['response.created', 'response.in_progress', 'response.queued']);

/** Items that open empty; the others bring something at once. */
const GROWING_ITEMS: ReadonlySet<string | undefined> = new Set(['message', 'reasoning']);

/**
 * Watches a stream of response events as it passes.
 *
 * ```text
 * waiting ── first content ──▶ flowing ── completed | incomplete | failed | error ──▶ ended    (whatever follows is ignored)
 * every event is parsed        of deltas only the length is looked at
 * ```
 */
export class ResponsesStreamObserver implements StreamObserver {
  #isFlowing = false;
  #hasEnded = false;
  readonly #meter = new TextMeter(DELTA);
  #toolCalls = 0;

  get contentChars(): number {
    return this.#meter.chars;
  }

  push(frame: WireFrame, emit: Emit<Observation>): void {
    if (this.#hasEnded) return;
    if (frame.kind !== 'sse')
      return this.#fail(invalidResponse('The vendor sent a binary event in a text stream.'), emit);
    const { event, data } = frame;
    if (isDelta(event, data)) {
      this.#meter.see(data);
      if (this.#isFlowing) return; // the hot path
    }
    if (data === '' || data === FOREIGN_DONE) return;
    const value = parseJsonObject(data);
    if (value === undefined) {
      return this.#fail(invalidResponse('The vendor sent an event in its stream that is not a JSON object.'), emit);
    }
    this.#observe(textMember(value, 'type') ?? event ?? '', value, emit);
  }

  /** Whether the stream had its end has been said already. */
  finish(): void {}

  #observe(type: string, event: JsonObject, emit: Emit<Observation>): void {
    switch (type) {
      case 'error':
        return this.#fail(decodeErrorEvent(event), emit);
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
      case 'response.cancelled':
        return this.#end(objectMember(event, 'response') ?? {}, emit);
      case 'response.output_item.done':
        if (isClientCall(objectMember(event, 'item') ?? {})) this.#toolCalls += 1;
        return this.#flow(emit);
      case 'response.output_item.added':
        if (!GROWING_ITEMS.has(textMember(objectMember(event, 'item'), 'type'))) this.#flow(emit);
        return;
      case 'response.content_part.added':
      case 'response.reasoning_summary_part.added':
        return;
      default:
        if (!HANDSHAKE.has(type)) this.#flow(emit);
    }
  }

  #flow(emit: Emit<Observation>): void {
    if (this.#isFlowing) return;
    this.#isFlowing = true;
    emit({ type: 'content' });
  }

  #end(response: JsonObject, emit: Emit<Observation>): void {
    this.#learnUsage(response, emit);
    const error = findAnswerError(response);
    if (error !== undefined) return this.#fail(error, emit);
    this.#hasEnded = true;
    const reported = mapStopReason(response);
    if (reported !== undefined) {
      emit({ type: 'finish', finishReason: settleFinishReason({ reported, toolCalls: this.#toolCalls }) });
    }
    emit({ type: 'end' });
  }

  #learnUsage(response: JsonObject, emit: Emit<Observation>): void {
    const raw = objectMember(response, 'usage');
    const usage = raw && mapUsage(raw);
    if (usage !== undefined) emit({ type: 'usage', usage, standalone: false });
  }

  #fail(error: GatewayError, emit: Emit<Observation>): void {
    this.#hasEnded = true;
    emit({ type: 'error', error });
  }
}

function isDelta(event: string | undefined, data: string): boolean {
  return event === undefined ? DELTA_DATA.test(data) : event.endsWith('.delta');
}

import type { GatewayError, JsonObject, WireFrame } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import {
  invalidResponse,
  objectMember,
  parseJsonObject,
  TextMeter,
  type Observation,
  type StreamObserver,
} from '@sluice/translator-kit';
import { decodeAnswerError } from './decode-error.js';
import { mapStopReason } from './map-stop-reason.js';
import { mapUsage, mergeUsage } from './map-usage.js';
import { bringsBlockContent, bringsDeltaContent } from './read-event.js';

/** How Anthropic writes the most frequent event; vendors that leave the `event:` line out are recognised by it. */
const DELTA_DATA = '{"type":"content_block_delta"';

/** The members of a delta that hold its text, the most frequent first. */
const DELTA_TEXTS = ['"text"', '"partial_json"', '"thinking"'];

/** Seen from vendors that put an OpenAI server's framing around Anthropic's events; its clients skip it. */
const FOREIGN_DONE = '[DONE]';

/**
 * Watches a stream of message events as it passes.
 *
 * ```text
 * waiting ── first content ──▶ flowing ── message_stop | error ──▶ ended      (whatever follows is ignored)
 * every event is parsed        of deltas only the length is looked at
 * ```
 */
export class AnthropicStreamObserver implements StreamObserver {
  #isFlowing = false;
  #hasEnded = false;
  readonly #meter = new TextMeter(DELTA_TEXTS);
  #isFinishTold = false;
  #usage: JsonObject | undefined;

  get contentChars(): number {
    return this.#meter.chars;
  }

  push(frame: WireFrame, emit: Emit<Observation>): void {
    if (this.#hasEnded) return;
    if (frame.kind !== 'sse')
      return this.#fail(invalidResponse('The vendor sent a binary event in a text stream.'), emit);
    const { event, data } = frame;
    if (event === 'content_block_delta' || (event === undefined && data.startsWith(DELTA_DATA))) {
      this.#meter.see(data);
      if (this.#isFlowing) return; // the hot path: after the first content nothing else in these events matters
    }
    if (event === 'ping' || data === '' || data === FOREIGN_DONE) return;
    const value = parseJsonObject(data);
    if (value === undefined) {
      return this.#fail(invalidResponse('The vendor sent an event in its stream that is not a JSON object.'), emit);
    }
    if (event === 'error' || value['type'] === 'error') return this.#fail(decodeAnswerError(value), emit);
    this.#observe(value, emit);
  }

  /** Whether the stream had its end has been said already. */
  finish(): void {}

  #observe(event: JsonObject, emit: Emit<Observation>): void {
    switch (event['type']) {
      case 'message_start':
        return this.#learnUsage(objectMember(objectMember(event, 'message'), 'usage'), emit);
      case 'content_block_start':
        if (bringsBlockContent(event)) this.#flow(emit);
        return;
      case 'content_block_delta':
        if (bringsDeltaContent(event)) this.#flow(emit);
        return;
      case 'message_delta':
        this.#learnUsage(objectMember(event, 'usage'), emit);
        return this.#learnFinish(objectMember(event, 'delta'), emit);
      case 'message_stop':
        this.#hasEnded = true;
        return emit({ type: 'end' });
      default: // content_block_stop, ping without an event line, and events yet to be invented
    }
  }

  #flow(emit: Emit<Observation>): void {
    if (this.#isFlowing) return;
    this.#isFlowing = true;
    emit({ type: 'content' });
  }

  #learnUsage(raw: JsonObject | undefined, emit: Emit<Observation>): void {
    if (raw === undefined) return;
    this.#usage = mergeUsage(this.#usage, raw);
    const usage = mapUsage(this.#usage);
    if (usage !== undefined) emit({ type: 'usage', usage, standalone: false });
  }

  #learnFinish(delta: JsonObject | undefined, emit: Emit<Observation>): void {
    const finishReason = delta && mapStopReason(delta);
    if (finishReason === undefined || this.#isFinishTold) return;
    this.#isFinishTold = true;
    emit({ type: 'finish', finishReason });
  }

  #fail(error: GatewayError, emit: Emit<Observation>): void {
    this.#hasEnded = true;
    emit({ type: 'error', error });
  }
}

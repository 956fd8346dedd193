import type { GatewayError, JsonObject, WireFrame } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import {
  invalidResponse,
  objectsMember,
  parseJsonObject,
  TextMeter,
  type Observation,
  type StreamObserver,
} from '@sluice/translator-kit';
import { ChoiceFinishes } from './choice-finishes.js';
import { decodeAnswerError, findAnswerError } from './decode-error.js';
import { mapUsage } from './map-usage.js';
import { hasContent, isUsageAlone, usageIn } from './read-chunk.js';
import { CONTENT_MEMBERS, DONE } from './wire-types.js';

const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/**
 * Finds the few frames that say more than "another piece of text": a usage, finish reason or error that is neither null
 * nor "", or a second choice. One pass of 0.3 µs over a frame that would cost 1.6 µs to parse, which counts because most
 * frames match nothing. A hit inside the text itself only costs a needless parse; inside a string the quotes are escaped.
 */
const WORTH_PARSING = /"(?:usage|finish_reason|error)"(?!\s*:\s*(?:null|""))|"index"\s*:\s*[^0\s]/;

/**
 * Watches a stream of chat completion chunks as it passes.
 *
 * ```text
 * waiting ── first content ──▶ flowing ── [DONE] | error ──▶ ended      (whatever follows is ignored)
 * every frame is parsed        only frames worth it are
 * ```
 */
export class ChatStreamObserver implements StreamObserver {
  #isFlowing = false;
  #hasEnded = false;
  readonly #meter = new TextMeter(CONTENT_MEMBERS);
  readonly #finishes = new ChoiceFinishes();

  get contentChars(): number {
    return this.#meter.chars;
  }

  push(frame: WireFrame, emit: Emit<Observation>): void {
    if (this.#hasEnded) return;
    if (frame.kind !== 'sse')
      return this.#fail(invalidResponse('The vendor sent a binary event in a text stream.'), emit);
    const { data, event } = frame;
    this.#meter.see(data);
    if (this.#isFlowing && event !== 'error' && isBraced(data) && !WORTH_PARSING.test(data)) return;
    if (data === '') return;
    if (data.startsWith(DONE)) return this.#end(emit);
    const chunk = parseJsonObject(data);
    if (chunk === undefined) {
      return this.#fail(invalidResponse('The vendor sent an event in its stream that is not a JSON object.'), emit);
    }
    const error = event === 'error' ? decodeAnswerError(chunk) : findAnswerError(chunk);
    if (error !== undefined) return this.#fail(error, emit);
    this.#observe(chunk, emit);
  }

  /** A stream without `[DONE]` has no end of its own; whether it finished has been said already. */
  finish(): void {}

  #observe(chunk: JsonObject, emit: Emit<Observation>): void {
    const choices = objectsMember(chunk, 'choices');
    if (!this.#isFlowing && choices.some(hasContent)) {
      this.#isFlowing = true;
      emit({ type: 'content' });
    }
    const raw = usageIn(chunk);
    const usage = raw && mapUsage(raw);
    if (usage !== undefined) emit({ type: 'usage', usage, standalone: isUsageAlone(chunk) });
    this.#finishes.see(choices);
    const finishReason = this.#finishes.take();
    if (finishReason !== undefined) emit({ type: 'finish', finishReason });
  }

  #end(emit: Emit<Observation>): void {
    this.#hasEnded = true;
    emit({ type: 'end' });
  }

  #fail(error: GatewayError, emit: Emit<Observation>): void {
    this.#hasEnded = true;
    emit({ type: 'error', error });
  }
}

/** Whether data may be a whole object. A frame that was cut off nearly never ends like one; two comparisons see that. */
function isBraced(data: string): boolean {
  return data.charCodeAt(0) === OPENING_BRACE && data.charCodeAt(data.length - 1) === CLOSING_BRACE;
}

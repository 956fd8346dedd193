import type { GatewayError, JsonObject, WireFrame } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import {
  invalidResponse,
  objectMember,
  objectsMember,
  parseJsonObject,
  type Observation,
  type StreamObserver,
} from '@sluice/translator-kit';
import { contentCharsOf } from './content-chars.js';
import { decodeAnswerError } from './decode-error.js';
import { mapBlockReason, mapStopReason } from './map-stop-reason.js';
import { mapUsage } from './map-usage.js';

const FOREIGN_DONE = '[DONE]';

/**
 * Watches a stream of answers as it passes. Every chunk is parsed: each holds the usage so far, which is all that is known
 * when the client leaves early, and a chunk holds many tokens.
 */
export class GeminiStreamObserver implements StreamObserver {
  #isFlowing = false;
  #isFinishTold = false;
  #hasEnded = false;
  contentChars = 0;

  push(frame: WireFrame, emit: Emit<Observation>): void {
    if (this.#hasEnded) return;
    if (frame.kind !== 'sse')
      return this.#fail(invalidResponse('The vendor sent a binary event in a text stream.'), emit);
    if (frame.data === '' || frame.data === FOREIGN_DONE) return;
    const chunk = parseJsonObject(frame.data);
    if (chunk === undefined) {
      return this.#fail(invalidResponse('The vendor sent an event in its stream that is not a JSON object.'), emit);
    }
    if (objectMember(chunk, 'error') !== undefined) return this.#fail(decodeAnswerError(chunk), emit);
    this.#observe(chunk, emit);
  }

  /** A stream has no terminal event of its own: the finish says that it is whole. */
  finish(): void {}

  #observe(chunk: JsonObject, emit: Emit<Observation>): void {
    const candidates = objectsMember(chunk, 'candidates');
    if (!this.#isFlowing && candidates.some(bringsContent)) {
      this.#isFlowing = true;
      emit({ type: 'content' });
    }
    this.contentChars += contentCharsOf(chunk);
    const raw = objectMember(chunk, 'usageMetadata');
    const usage = raw && mapUsage(raw);
    if (usage !== undefined) emit({ type: 'usage', usage, standalone: false });
    const finishReason = mapStopReason(candidates[0]) ?? (candidates.length === 0 ? mapBlockReason(chunk) : undefined);
    if (finishReason === undefined || this.#isFinishTold) return;
    this.#isFinishTold = true;
    emit({ type: 'finish', finishReason });
  }

  #fail(error: GatewayError, emit: Emit<Observation>): void {
    this.#hasEnded = true;
    emit({ type: 'error', error });
  }
}

/** Whether a candidate brings anything that is not empty text. */
function bringsContent(candidate: JsonObject): boolean {
  return objectsMember(objectMember(candidate, 'content'), 'parts').some((part) => part['text'] !== '');
}

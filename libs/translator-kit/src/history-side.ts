import type { JsonObject, SseFrame } from '@sluice/core';
import type { WireCall } from './wire-call.js';

/** What a request says of the conversation that it belongs to. */
export interface HistoryFacts {
  /** The answer that it continues; undefined = none. */
  readonly previousId: string | undefined;
  /** Whether its own answer is to be remembered. */
  readonly isKept: boolean;
}

/** An answer that is remembered, in the format's own words. */
export interface KeptAnswer {
  readonly id: string;
  /** The answer as the client was told it: a JSON object. */
  readonly answer: Buffer;
  /** The conversation up to and with the answer: what stands between the brackets of a JSON array. */
  readonly items: Buffer;
}

/**
 * Clients of the format may name an earlier answer instead of repeating the conversation before it. This is what a memory of
 * answers needs to know of the format; it works on bytes, so that a continued request may also pass through.
 */
export interface HistorySide {
  /** Never throws: a body that cannot be read says nothing, and whoever decodes it says why. */
  read(body: Buffer): HistoryFacts;
  /** The same request as if the client had sent the whole conversation. */
  resume(call: WireCall, items: Buffer): WireCall;
  /**
   * What is remembered of an answer to the (resumed) request.
   * @returns undefined when the answer failed or has no id, or the request cannot be read
   */
  keep(call: WireCall, answer: JsonObject): KeptAnswer | undefined;
  /** The whole answer, where a frame of a stream holds it: the last one of a complete stream. */
  answerIn(frame: SseFrame): JsonObject | undefined;
  /** The id in the path of one remembered answer; undefined = the path is another. */
  idInPath(path: string): string | undefined;
  /** What is answered when a remembered answer has been forgotten on demand. */
  encodeForgotten(id: string): JsonObject;
}

import { isJsonObject, type JsonObject, type SseFrame } from '@sluice/core';
import { expectThat } from '../fuzz-fault.js';
import { readFrame } from './read-frame.js';
import type { StreamEnding } from './stream-ending.js';

const ENDS: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.failed']);

/**
 * What the Responses API's clients read: `response.created` first, events numbered 0, 1, 2 …, items that begin and end once
 * and grow between, one terminal event. A failure is `response.failed`, `error`, or both in this order or the other; the
 * numbers of these are free, because whoever tells of a broken connection does not know what went before.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function checkResponsesStream(frames: readonly SseFrame[], ending: StreamEnding): void {
  const grammar = new ResponsesGrammar();
  for (const frame of frames) grammar.accept(frame);
  grammar.end(ending);
}

class ResponsesGrammar {
  #position = 0;
  #hasFailed = false;
  #end: string | undefined;
  /** By output index: whether the item is still open. */
  readonly #items = new Map<number, boolean>();

  accept(frame: SseFrame): void {
    const data = readFrame(frame);
    const type = String(data['type']);
    expectThat(frame.event === type, 'responses: the event’s name is not its type', () => `${frame.event} ≠ ${type}`);
    const isFailure = type === 'error' || type === 'response.failed';
    const isNumbered = isFailure || data['sequence_number'] === this.#position;
    expectThat(isNumbered, 'responses: events are not numbered 0, 1, 2', () => type);
    if (type === 'error') expectThat(isJsonObject(data['error']), 'responses: an error without its object');
    if (this.#position === 0) expectThat(type === 'response.created' || isFailure, 'responses: no created at first');
    else expectThat(type !== 'response.created', 'responses: a second created');
    expectThat(
      this.#end === undefined || (this.#hasFailed && isFailure),
      'responses: an event behind the end',
      () => type,
    );
    this.#position += 1;
    this.#hasFailed ||= isFailure;
    if (ENDS.has(type)) this.#finish(type, data);
    else this.#follow(type, data);
  }

  end(ending: StreamEnding): void {
    if (ending === 'error') expectThat(this.#hasFailed, 'responses: error ends otherwise', () => this.#end ?? 'open');
    else expectThat(this.#end !== undefined && !this.#hasFailed, 'responses: answer ends otherwise');
  }

  #finish(type: string, { response }: JsonObject): void {
    expectThat(isJsonObject(response), 'responses: an end without the response');
    this.#end = type;
    const isComplete = type === 'response.failed' || ![...this.#items.values()].includes(true);
    expectThat(isComplete, 'responses: the end comes while an item is open');
  }

  #follow(type: string, { output_index: index }: JsonObject): void {
    if (typeof index !== 'number') return;
    if (type === 'response.output_item.added') {
      expectThat(index === this.#items.size, 'responses: items are not numbered 0, 1, 2', () => String(index));
      this.#items.set(index, true);
      return;
    }
    expectThat(this.#items.get(index) === true, 'responses: an event of an item that is not open', () => type);
    if (type === 'response.output_item.done') this.#items.set(index, false);
  }
}

import { isJsonObject, type JsonObject, type SseFrame } from '@sluice/core';
import { expectThat } from '../fuzz-fault.js';
import { readFrame } from './read-frame.js';
import type { StreamEnding } from './stream-ending.js';

const DONE = '[DONE]';

/**
 * What Chat Completions' clients read: chunks of one id, the calls of a choice numbered 0, 1, 2 … and each begun with id and
 * name, one finish per choice and no content behind it, `[DONE]` last. A failure is an error object in front of `[DONE]`.
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export function checkChatStream(frames: readonly SseFrame[], ending: StreamEnding): void {
  const done = frames.findIndex(({ data }) => data === DONE);
  expectThat(done >= 0, 'chat: no [DONE]');
  expectThat(done === frames.length - 1, 'chat: something behind [DONE]');
  const chunks = frames.slice(0, -1).map(readFrame);
  const failed = chunks.findIndex((chunk) => 'error' in chunk);
  expectThat(failed < 0 || failed === chunks.length - 1, 'chat: something behind the error');
  expectThat(failed >= 0 === (ending === 'error'), `chat: ${ending} ends otherwise`);
  const grammar = new ChatGrammar();
  for (const chunk of failed < 0 ? chunks : chunks.slice(0, -1)) grammar.accept(chunk);
  if (ending === 'answer') expectThat(grammar.hasFinished, 'chat: an answer without a finish');
}

class ChatGrammar {
  readonly #choices = new Map<unknown, ChoiceGrammar>();
  #id: unknown;

  get hasFinished(): boolean {
    return this.#choices.get(0)?.hasFinished ?? false;
  }

  accept(chunk: JsonObject): void {
    const { id, object, choices } = chunk;
    expectThat(object === 'chat.completion.chunk', 'chat: a chunk that says it is something else');
    expectThat(typeof id === 'string' && id !== '', 'chat: a chunk without an id');
    expectThat(this.#id === undefined || this.#id === id, 'chat: chunks of two ids');
    expectThat(typeof chunk['model'] === 'string', 'chat: a chunk without a model');
    expectThat(Number.isInteger(chunk['created']), 'chat: a chunk without its time');
    this.#id = id;
    expectThat(Array.isArray(choices), 'chat: a chunk without choices');
    for (const choice of choices as readonly JsonObject[]) this.#choiceOf(choice).accept(choice);
  }

  #choiceOf({ index }: JsonObject): ChoiceGrammar {
    const known = this.#choices.get(index) ?? new ChoiceGrammar();
    this.#choices.set(index, known);
    return known;
  }
}

class ChoiceGrammar {
  hasFinished = false;
  #calls = 0;

  accept({ delta, finish_reason: finish }: JsonObject): void {
    expectThat(isJsonObject(delta), 'chat: a choice without a delta');
    const { content, tool_calls: calls } = delta;
    const speaks = (typeof content === 'string' && content !== '') || calls !== undefined;
    expectThat(!(this.hasFinished && speaks), 'chat: content behind the finish');
    for (const call of Array.isArray(calls) ? (calls as readonly JsonObject[]) : []) this.#acceptCall(call);
    if (finish === null || finish === undefined) return;
    expectThat(typeof finish === 'string', 'chat: a finish that is no word');
    expectThat(!this.hasFinished, 'chat: a second finish');
    this.hasFinished = true;
  }

  #acceptCall(call: JsonObject): void {
    const { index, id } = call;
    expectThat(Number.isInteger(index) && Number(index) <= this.#calls, 'chat: calls are not numbered 0, 1, 2');
    if (index !== this.#calls) return;
    this.#calls += 1;
    const described = call['function'] ?? call['custom'];
    const hasName = isJsonObject(described) && typeof described['name'] === 'string';
    expectThat(typeof id === 'string' && id !== '' && hasName, 'chat: a call begins without id or name');
  }
}

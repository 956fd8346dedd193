import { isJsonObject, type JsonObject, type SseFrame } from '@sluice/core';
import { expectThat } from '../fuzz-fault.js';
import { readFrame } from './read-frame.js';
import type { StreamEnding } from './stream-ending.js';

/** Blocks that a delta may grow. Deltas and blocks that are not named here came from a vendor of the same format. */
const BLOCKS_OF_DELTA: Readonly<Record<string, readonly string[]>> = {
  text_delta: ['text'],
  citations_delta: ['text'],
  thinking_delta: ['thinking'],
  signature_delta: ['thinking'],
  input_json_delta: ['tool_use', 'server_tool_use', 'mcp_tool_use'],
};

/**
 * What Anthropic's clients read. Blocks come one after the other and are numbered 0, 1, 2 …
 *
 * ```text
 * message_start (content_block_start content_block_delta* content_block_stop)* message_delta+ message_stop
 *      └────────────────────────────── error (anywhere, and nothing behind it)
 * ```
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming
 */
export function checkAnthropicStream(frames: readonly SseFrame[], ending: StreamEnding): void {
  const grammar = new AnthropicGrammar();
  for (const frame of frames) grammar.accept(frame);
  grammar.end(ending);
}

class AnthropicGrammar {
  #state: 'idle' | 'open' | 'told' | 'stopped' | 'failed' = 'idle';
  #block: string | undefined;
  #nextIndex = 0;

  accept(frame: SseFrame): void {
    const data = readFrame(frame);
    const type = String(data['type']);
    expectThat(frame.event === type, 'anthropic: the event’s name is not its type', () => `${frame.event} ≠ ${type}`);
    expectThat(!this.#hasEnded, 'anthropic: an event behind the end', () => type);
    switch (type) {
      case 'message_start':
        expectThat(this.#state === 'idle', 'anthropic: a second message_start');
        this.#state = 'open';
        return;
      case 'content_block_start':
        return this.#start(data);
      case 'content_block_delta':
        return this.#grow(data);
      case 'content_block_stop':
        expectThat(this.#isOpen(data), 'anthropic: a stop of a block that is not open');
        this.#block = undefined;
        return;
      case 'message_delta':
        expectThat(this.#state === 'open' || this.#state === 'told', 'anthropic: message_delta out of place');
        expectThat(this.#block === undefined, 'anthropic: message_delta while a block is open');
        this.#state = 'told';
        return;
      case 'message_stop':
        expectThat(this.#state === 'told', 'anthropic: message_stop without message_delta');
        this.#state = 'stopped';
        return;
      case 'error':
        expectThat(isJsonObject(data['error']), 'anthropic: an error without its object');
        this.#state = 'failed';
    }
  }

  end(ending: StreamEnding): void {
    const expected = ending === 'answer' ? 'stopped' : 'failed';
    expectThat(this.#state === expected, `anthropic: ${ending} ends otherwise`, () => this.#state);
  }

  get #hasEnded(): boolean {
    return this.#state === 'stopped' || this.#state === 'failed';
  }

  #start({ index, content_block: block }: JsonObject): void {
    expectThat(this.#state === 'open', 'anthropic: a block out of place');
    expectThat(this.#block === undefined, 'anthropic: a block inside a block');
    expectThat(index === this.#nextIndex, 'anthropic: blocks are not numbered 0, 1, 2', () => String(index));
    expectThat(isJsonObject(block), 'anthropic: a block without its object');
    this.#nextIndex += 1;
    this.#block = String(block['type']);
  }

  #grow(data: JsonObject): void {
    expectThat(this.#isOpen(data), 'anthropic: a delta of a block that is not open');
    const { delta } = data;
    expectThat(isJsonObject(delta), 'anthropic: a delta without its object');
    const blocks = BLOCKS_OF_DELTA[String(delta['type'])];
    const fits = blocks === undefined || blocks.includes(this.#block ?? '');
    expectThat(
      fits,
      'anthropic: a delta that its block cannot take',
      () => `${String(delta['type'])} in ${this.#block}`,
    );
  }

  #isOpen({ index }: JsonObject): boolean {
    return this.#block !== undefined && index === this.#nextIndex - 1;
  }
}

import type { JsonObject, JsonValue } from '@sluice/core';

export interface ChunkHead {
  readonly id: string;
  readonly created: JsonValue;
  readonly model: string;
  /** Members that every chunk repeats. */
  readonly constants: JsonObject;
  /** Whether chunks say that usage is still to come. */
  readonly wantsUsage: boolean;
}

/**
 * The JSON of a stream's chunks. What is the same in all of them is serialised once, because a whole chunk per token would
 * cost three times as much; every value that varies is serialised by itself, so the pieces always add up to JSON.
 */
export class ChunkTemplate {
  readonly #head: JsonObject;
  readonly #usage: JsonObject;
  readonly #opening: string;
  readonly #closing: string;

  constructor({ id, created, model, constants, wantsUsage }: ChunkHead) {
    this.#head = { id, object: 'chat.completion.chunk', created, model, ...constants };
    this.#usage = wantsUsage ? { usage: null } : {};
    this.#opening = `${JSON.stringify(this.#head).slice(0, -1)},"choices":[{"index":0,"delta":`;
    this.#closing = `,"logprobs":null,"finish_reason":null}]${wantsUsage ? ',"usage":null' : ''}}`;
  }

  /** A chunk whose delta has one text member. @param memberJson the member's name as JSON */
  text(memberJson: string, value: string): string {
    return `${this.#opening}{${memberJson}:${JSON.stringify(value)}}${this.#closing}`;
  }

  /** A piece of the arguments of a call. */
  callArguments(index: number, piece: string): string {
    return `${this.#opening}{"tool_calls":[{"index":${index},"function":{"arguments":${JSON.stringify(piece)}}}]}${this.#closing}`;
  }

  delta(delta: JsonObject): string {
    return `${this.#opening}${JSON.stringify(delta)}${this.#closing}`;
  }

  /** A chunk of any shape: its own members win over the common ones. */
  chunk(members: JsonObject): string {
    return JSON.stringify({ ...this.#head, ...this.#usage, ...members });
  }
}

import type { SseFrame } from '@sluice/core';
import { SseParser } from '@sluice/streaming';
import type { AnswerHeaders, ClientAnswer, SignOfLife } from './client-answer.js';
import { isEventStream } from './path-options.js';

const OPENING = '[';
const SEPARATOR = ',\r\n';
const CLOSING = ']';
const BLANK = '\n';
const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * For clients that read a stream as one JSON array: takes server-sent events, whoever wrote them, and writes the data of
 * each as an element; data that is no JSON (an event that was cut off) is no element. What is no event stream passes as it is.
 *
 * ```text
 *  begin ─▶ waiting ── element ──▶ "[" e ("," e)* ── end ──▶ "]"
 * ```
 */
export class JsonArrayAnswer implements ClientAnswer {
  readonly #answer: ClientAnswer;
  #parser: SseParser | undefined;
  #head: { readonly status: number; readonly headers: AnswerHeaders } | undefined;

  constructor(answer: ClientAnswer) {
    this.#answer = answer;
  }

  get hasBegun(): boolean {
    return this.#answer.hasBegun || this.#head !== undefined;
  }

  get isHeadSent(): boolean {
    return this.#answer.isHeadSent;
  }

  get isHeldBack(): boolean {
    return this.#answer.isHeldBack;
  }

  get isClosed(): boolean {
    return this.#answer.isClosed;
  }

  get bytesWritten(): number {
    return this.#answer.bytesWritten;
  }

  get begunAtMs(): number | undefined {
    return this.#answer.begunAtMs;
  }

  begin(status: number, headers: AnswerHeaders): void {
    if (!isEventStream(headers)) return this.#answer.begin(status, headers);
    this.#parser = new SseParser();
    this.#head = { status, headers: { ...headers, 'content-type': JSON_TYPE } };
  }

  write(item: Buffer | string): boolean {
    if (this.#parser === undefined) return this.#answer.write(item);
    let text = '';
    this.#parser.push(typeof item === 'string' ? Buffer.from(item) : item, (frame) => (text += this.#element(frame)));
    return text === '' || this.#answer.write(text);
  }

  respond(status: number, headers: AnswerHeaders, body: Buffer): void {
    if (!isEventStream(headers)) return this.#answer.respond(status, headers, body);
    this.begin(status, headers);
    this.write(body);
    this.end();
  }

  end(): void {
    if (this.#parser !== undefined) {
      let rest = '';
      this.#parser.finish((frame) => (rest += this.#element(frame)));
      if (this.#head !== undefined) rest = this.#begin(); // a stream without an element is an empty array
      this.#answer.write(rest + CLOSING);
    }
    this.#answer.end();
  }

  /** White space may stand in front of an array and between its elements. */
  keepAwake({ headers }: SignOfLife): void {
    this.#answer.keepAwake({ headers: () => ({ ...headers(), 'content-type': JSON_TYPE }), text: BLANK });
  }

  destroy(): void {
    this.#answer.destroy();
  }

  onDrain(listener: () => void): void {
    this.#answer.onDrain(listener);
  }

  onAbandoned(listener: () => void): void {
    this.#answer.onAbandoned(listener);
  }

  onClosed(listener: () => void): void {
    this.#answer.onClosed(listener);
  }

  #element({ data }: SseFrame): string {
    if (!isJson(data)) return '';
    return (this.#head === undefined ? SEPARATOR : this.#begin()) + data;
  }

  #begin(): string {
    const head = this.#head;
    this.#head = undefined;
    if (head !== undefined) this.#answer.begin(head.status, head.headers);
    return OPENING;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

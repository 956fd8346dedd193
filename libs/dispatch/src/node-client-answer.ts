import type { ServerResponse } from 'node:http';
import type { Clock } from '@sluice/core';
import type { AnswerHeaders, ClientAnswer, SignOfLife } from './client-answer.js';

export interface NodeClientAnswerOptions {
  readonly response: ServerResponse;
  readonly clock: Clock;
  /** Headers of every answer: request id, CORS. */
  readonly baseHeaders: AnswerHeaders;
  /** True while the process drains: answers then ask for the connection to be closed. */
  readonly isDraining: () => boolean;
}

const STATUS_OK = 200;
const CR = 0x0d;
const LF = 0x0a;
/** The end of a body in chunked transfer coding. @see https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
const LAST_CHUNK = '0\r\n\r\n';

/** Above it copying the body costs more than writing head and body apart. */
const MAX_JOINED_BYTES = 16 * 1024;

/** A `ClientAnswer` over node's response. */
export class NodeClientAnswer implements ClientAnswer {
  /** Every piece is sent as it comes. */
  readonly isHeldBack = false;
  readonly #response: ServerResponse;
  readonly #options: NodeClientAnswerOptions;
  #begunAtMs: number | undefined;
  #isHeadSent = false;
  #bytesWritten = 0;
  #framesChunks = false;
  #hasEnded = false;
  #abandoned: (() => void) | undefined;
  #closed: (() => void) | undefined;
  #drained: (() => void) | undefined;

  constructor(options: NodeClientAnswerOptions) {
    this.#options = options;
    this.#response = options.response;
    this.#response.on('close', () => {
      if (!this.#hasEnded) this.#abandoned?.();
      this.#closed?.();
    });
  }

  get hasBegun(): boolean {
    return this.#begunAtMs !== undefined;
  }

  get isHeadSent(): boolean {
    return this.#isHeadSent;
  }

  get isClosed(): boolean {
    return this.#hasEnded || this.#response.destroyed;
  }

  get bytesWritten(): number {
    return this.#bytesWritten;
  }

  get begunAtMs(): number | undefined {
    return this.#begunAtMs;
  }

  begin(status: number, headers: AnswerHeaders): void {
    if (!this.#isHeadSent) this.#openChunks(status, headers);
    this.#begunAtMs = this.#options.clock.now();
  }

  write(item: Buffer | string): boolean {
    if (this.isClosed) return true; // nobody reads it
    const length = typeof item === 'string' ? Buffer.byteLength(item) : item.length;
    this.#bytesWritten += length;
    if (!this.#framesChunks || length === 0) return this.#response.write(item);
    return this.#response.write(inChunk(item, length));
  }

  respond(status: number, headers: AnswerHeaders, body: Buffer): void {
    if (this.isClosed) return;
    if (this.#isHeadSent) return this.#finish(body);
    this.#writeHead(status, headers, body.length);
    this.#begunAtMs = this.#options.clock.now();
    this.#bytesWritten += body.length;
    this.#hasEnded = true;
    // a string is written together with the head in one piece, and latin1 gives every byte back as it was
    if (body.length <= MAX_JOINED_BYTES) this.#response.end(body.toString('latin1'), 'latin1');
    else this.#response.end(body);
  }

  end(): void {
    this.#hasEnded = true;
    if (this.#framesChunks) this.#response.end(LAST_CHUNK, 'latin1');
    else this.#response.end();
  }

  keepAwake({ headers, text }: SignOfLife): void {
    if (this.isClosed || this.#response.writableNeedDrain) return;
    if (!this.#isHeadSent) this.#openChunks(STATUS_OK, headers());
    this.write(text);
  }

  destroy(): void {
    this.#hasEnded = true;
    this.#response.destroy();
  }

  /** Each attempt registers its own; only the last one is told. */
  onDrain(listener: () => void): void {
    if (this.#drained === undefined) this.#response.on('drain', () => this.#drained?.());
    this.#drained = listener;
  }

  onAbandoned(listener: () => void): void {
    this.#abandoned = listener;
    if (this.#response.destroyed && !this.#hasEnded) listener();
  }

  onClosed(listener: () => void): void {
    if (this.#response.closed) listener();
    else this.#closed = listener;
  }

  #openChunks(status: number, headers: AnswerHeaders): void {
    this.#writeHead(status, headers, undefined);
    // Hot path: node sends size, data and line ends of a chunk as four pieces, which costs more than all else we do for it.
    // It has chosen chunked encoding by now and said so in the head; from here the chunks are framed in one piece each.
    this.#framesChunks = this.#response.chunkedEncoding;
    this.#response.chunkedEncoding = false;
  }

  /** The rest of an answer whose head is sent. */
  #finish(body: Buffer): void {
    this.#begunAtMs = this.#options.clock.now();
    this.write(body);
    this.end();
  }

  /** A flat list: node copies an object's members one by one into another object first. */
  #writeHead(status: number, headers: AnswerHeaders, contentLength: number | undefined): void {
    const head: string[] = [];
    const { baseHeaders, isDraining } = this.#options;
    for (const name in headers) if (!Object.hasOwn(baseHeaders, name)) addHeader(head, name, headers[name]);
    for (const name in baseHeaders) addHeader(head, name, baseHeaders[name]);
    if (contentLength !== undefined) head.push('content-length', String(contentLength));
    if (isDraining()) head.push('connection', 'close');
    this.#response.writeHead(status, head);
    this.#isHeadSent = true;
  }
}

function addHeader(head: string[], name: string, value: string | readonly string[] | undefined): void {
  if (typeof value === 'string') head.push(name, value);
  else if (value !== undefined) for (const item of value) head.push(name, item);
}

/** One chunk of the chunked transfer coding: its size, its data, and a line end behind each. */
function inChunk(data: Buffer | string, length: number): Buffer | string {
  const size = `${length.toString(16)}\r\n`;
  if (typeof data === 'string') return `${size}${data}\r\n`;
  const chunk = Buffer.allocUnsafe(size.length + length + 2);
  chunk.write(size, 0, 'latin1');
  data.copy(chunk, size.length);
  chunk[size.length + length] = CR;
  chunk[size.length + length + 1] = LF;
  return chunk;
}

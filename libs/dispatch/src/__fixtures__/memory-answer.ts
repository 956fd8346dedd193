import type { Clock } from '@sluice/core';
import type { AnswerHeaders, ClientAnswer, SignOfLife } from '../client-answer.js';

/** An answer that stays in memory. It notes what a client answer must never be asked to do. */
export class MemoryAnswer implements ClientAnswer {
  status: number | undefined;
  headers: AnswerHeaders = {};
  readonly chunks: Buffer[] = [];
  /** How the answer ended; undefined = not yet. */
  ending: 'complete' | 'destroyed' | 'abandoned' | undefined;
  /** What was done against the rules. */
  readonly violations: string[] = [];
  /** Whether a write finds the client's buffer full. */
  isFull = false;
  /** Thrown when the head is written. */
  headFault: Error | undefined;
  bytesWritten = 0;
  isHeldBack = false;
  isHeadSent = false;
  signOfLifeMs?: number;
  begunAtMs: number | undefined;
  #drained: (() => void) | undefined;
  #abandoned: (() => void) | undefined;
  #closed: (() => void) | undefined;

  constructor(private readonly clock: Clock) {}

  get hasBegun(): boolean {
    return this.begunAtMs !== undefined;
  }

  get isClosed(): boolean {
    return this.ending !== undefined;
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString();
  }

  begin(status: number, headers: AnswerHeaders): void {
    if (this.headFault !== undefined) throw this.headFault;
    if (this.hasBegun) this.violations.push('the head was written twice');
    if (this.isClosed) this.violations.push('the head was written after the end');
    this.begunAtMs = this.clock.now();
    if (!this.isHeadSent) this.#sendHead(status, headers);
  }

  write(item: Buffer | string): boolean {
    if (!this.hasBegun) this.violations.push('a body was written before its head');
    if (this.isClosed) this.violations.push('a body was written after the end');
    const bytes = Buffer.from(item);
    this.chunks.push(bytes);
    this.bytesWritten += bytes.length;
    return !this.isFull;
  }

  respond(status: number, headers: AnswerHeaders, body: Buffer): void {
    this.begin(status, headers);
    this.write(body);
    this.end();
  }

  end(): void {
    if (!this.hasBegun) this.violations.push('the answer ended before its head');
    this.#end('complete');
  }

  keepAwake({ headers, text }: SignOfLife): void {
    if (this.isClosed || this.isFull) return;
    if (!this.isHeadSent) this.#sendHead(200, headers());
    this.chunks.push(Buffer.from(text));
    this.bytesWritten += text.length;
  }

  destroy(): void {
    this.#end('destroyed');
  }

  onDrain(listener: () => void): void {
    this.#drained = listener;
  }

  onAbandoned(listener: () => void): void {
    this.#abandoned = listener;
  }

  onClosed(listener: () => void): void {
    if (this.isClosed) listener();
    else this.#closed = listener;
  }

  /** The client has read what was waiting. */
  drain(): void {
    this.isFull = false;
    this.#drained?.();
  }

  /** The client goes away. */
  abandon(): void {
    if (this.isClosed) return;
    this.ending = 'abandoned';
    this.#abandoned?.();
    this.#closed?.();
  }

  #sendHead(status: number, headers: AnswerHeaders): void {
    this.isHeadSent = true;
    this.status = status;
    this.headers = headers;
  }

  #end(ending: 'complete' | 'destroyed'): void {
    if (this.isClosed) this.violations.push('the answer ended twice');
    this.ending ??= ending;
    this.#closed?.();
  }
}

import fs from 'node:fs';
import type { OpenLogDestination } from './log-destination.js';

/** Lines are handed to the system in pieces of at least this size … */
const MIN_WRITE_CHARACTERS = 16 * 1024;
/** … or after this time. */
const FLUSH_INTERVAL_MS = 250;
/** Lines that wait for a slow destination; further ones are dropped and counted. */
const MAX_WAITING_CHARACTERS = 8 * 1024 * 1024;
/** Until a full pipe is tried again. */
const FULL_PIPE_PAUSE_MS = 20;
/** How often `flush` tries a full pipe before it gives up: one second in all. */
const MAX_FLUSH_PAUSES = 50;

/** The part of node's file system that is used here. */
export type WriteCalls = Pick<typeof fs, 'write' | 'writeSync'>;

/**
 * Collects lines and writes them to a file descriptor in the background, one write at a time.
 *
 * A line costs a string concatenation: pino's own destination measures and so flattens what waits with every line, which
 * costs more than making the line.
 * A destination that fails must not stop the gateway: what could not be written is counted in `lost`.
 */
export class BufferedDestination implements OpenLogDestination {
  readonly #descriptor: number;
  readonly #calls: WriteCalls;
  #waiting = '';
  #isWriting = false;
  #timer: NodeJS.Timeout | undefined;
  #lost = 0;

  constructor(descriptor: number, calls: WriteCalls = fs) {
    this.#descriptor = descriptor;
    this.#calls = calls;
  }

  get lost(): number {
    return this.#lost;
  }

  write(line: string): void {
    if (this.#waiting.length + line.length > MAX_WAITING_CHARACTERS) {
      this.#lost += 1;
      return;
    }
    this.#waiting += line;
    if (!this.#isWriting) this.#schedule();
  }

  /** Also while a write is under way, whose lines may then come after these. */
  flush(): void {
    const piece = Buffer.from(this.#takeWaiting());
    let written = 0;
    for (let pauses = 0; written < piece.length && pauses <= MAX_FLUSH_PAUSES;) {
      try {
        written += this.#calls.writeSync(this.#descriptor, piece, written);
      } catch (error) {
        if (!isFullPipe(error)) break;
        pauses += 1;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_PAUSE_MS);
      }
    }
    if (written < piece.length) this.#lost += 1;
  }

  #schedule(): void {
    if (this.#waiting.length >= MIN_WRITE_CHARACTERS) this.#writeWaiting();
    else if (this.#waiting.length > 0)
      this.#timer ??= setTimeout(() => this.#writeWaiting(), FLUSH_INTERVAL_MS).unref();
  }

  #writeWaiting(): void {
    const piece = Buffer.from(this.#takeWaiting());
    this.#isWriting = true;
    this.#writeFrom(piece, 0);
  }

  #writeFrom(piece: Buffer, offset: number): void {
    this.#calls.write(this.#descriptor, piece, offset, piece.length - offset, null, (error, count) => {
      if (error !== null) {
        if (isFullPipe(error)) {
          setTimeout(() => this.#writeFrom(piece, offset), FULL_PIPE_PAUSE_MS).unref();
          return;
        }
        this.#lost += 1;
      } else if (offset + count < piece.length) {
        this.#writeFrom(piece, offset + count);
        return;
      }
      this.#isWriting = false;
      this.#schedule();
    });
  }

  #takeWaiting(): string {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = '';
    return waiting;
  }
}

function isFullPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}

import fs from 'node:fs';
import type { OpenLogDestination } from './log-destination.js';

/** Lines are handed to the system in pieces of at least this size … */
const MIN_WRITE_BYTES = 64 * 1024;
/** … or after this time. */
const FLUSH_INTERVAL_MS = 250;
/** Lines that wait for a slow destination; further ones are dropped and counted. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;
/** Room for the lines of one piece; a longer line gets its own. */
const PIECE_BYTES = 96 * 1024;
/** What one UTF-16 code unit can need in UTF-8. */
const MAX_BYTES_PER_CHARACTER = 3;
const NOTHING = Buffer.alloc(0);
/** Until a full pipe is tried again. */
const FULL_PIPE_PAUSE_MS = 20;
/** How often `flush` tries a full pipe before it gives up: one second in all. */
const MAX_FLUSH_PAUSES = 50;

/** The part of node's file system that is used here. */
export type WriteCalls = Pick<typeof fs, 'write' | 'writeSync'>;

/**
 * Collects lines and writes them to a file descriptor in the background, one write at a time.
 *
 * A line is encoded at once into the piece that is being filled. Keeping lines as strings until there are enough costs three
 * times as much: what they were put together from must then survive the garbage collector.
 * A destination that fails must not stop the gateway: what could not be written is counted in `lost`.
 */
export class BufferedDestination implements OpenLogDestination {
  readonly #descriptor: number;
  readonly #calls: WriteCalls;
  /** Full pieces, oldest first. */
  readonly #pieces: Buffer[] = [];
  #piece = NOTHING;
  #filled = 0;
  #waitingBytes = 0;
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
    if (this.#waitingBytes + line.length > MAX_WAITING_BYTES) {
      this.#lost += 1;
      return;
    }
    const mostBytes = line.length * MAX_BYTES_PER_CHARACTER;
    if (this.#filled + mostBytes > this.#piece.length) this.#begin(Math.max(PIECE_BYTES, mostBytes));
    const bytes = this.#piece.write(line, this.#filled);
    this.#filled += bytes;
    this.#waitingBytes += bytes;
    if (!this.#isWriting) this.#schedule();
  }

  /** Also while a write is under way, whose lines may then come after these. */
  flush(): void {
    const piece = this.#takeWaiting();
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
    if (this.#waitingBytes >= MIN_WRITE_BYTES) this.#writeWaiting();
    else if (this.#waitingBytes > 0) this.#timer ??= setTimeout(() => this.#writeWaiting(), FLUSH_INTERVAL_MS).unref();
  }

  #writeWaiting(): void {
    const piece = this.#takeWaiting();
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

  #takeWaiting(): Buffer {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#begin(0);
    const [first = NOTHING, ...rest] = this.#pieces.splice(0);
    this.#waitingBytes = 0;
    return rest.length === 0 ? first : Buffer.concat([first, ...rest]);
  }

  /** Puts the piece with its lines aside and makes room. */
  #begin(bytes: number): void {
    if (this.#filled > 0) this.#pieces.push(this.#piece.subarray(0, this.#filled));
    this.#piece = bytes === 0 ? NOTHING : Buffer.allocUnsafeSlow(bytes);
    this.#filled = 0;
  }
}

function isFullPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}

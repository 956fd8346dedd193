const EMPTY = Buffer.alloc(0);
/** The first allocation; most cut lines and events fit. */
const INITIAL_CAPACITY_BYTES = 1024;
/** Above this an emptied accumulator gives its memory back. */
const KEPT_CAPACITY_BYTES = 4096;

/**
 * Collects bytes that came in pieces. Grows by doubling, so that many small pieces cost no more than few large ones; the
 * pieces are copied, so that a waiting byte does not pin a whole read buffer. The owner bounds the length.
 */
export class ByteAccumulator {
  #bytes: Buffer = EMPTY;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(piece: Buffer, start = 0, end = piece.length): void {
    const length = this.#length + end - start;
    if (length > this.#bytes.length) this.#grow(length);
    piece.copy(this.#bytes, this.#length, start, end);
    this.#length = length;
  }

  /** What was collected; valid until the next call of anything else. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A copy of what was collected; the accumulator is empty afterwards. */
  take(): Buffer {
    const bytes = Buffer.allocUnsafe(this.#length);
    this.#bytes.copy(bytes, 0, 0, this.#length);
    this.clear();
    return bytes;
  }

  /** Forgets everything behind the first `length` bytes. */
  truncate(length: number): void {
    if (length < this.#length) this.#length = length;
  }

  clear(): void {
    if (this.#bytes.length > KEPT_CAPACITY_BYTES) this.#bytes = EMPTY;
    this.#length = 0;
  }

  #grow(length: number): void {
    const grown = Buffer.allocUnsafe(Math.max(length, this.#bytes.length * 2, INITIAL_CAPACITY_BYTES));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

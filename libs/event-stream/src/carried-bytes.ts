import { PRELUDE_BYTES } from './message-layout.js';

const EMPTY = Buffer.alloc(0);
/** The largest first allocation for a message that was cut: one network read. Beyond it memory follows the bytes that came. */
export const FIRST_ALLOCATION_BYTES = 64 * 1024;

/**
 * The beginning of a message that the next read continues: first the prelude, then, once its length was checked, the rest.
 * Holds at most `FIRST_ALLOCATION_BYTES` or twice what has arrived, whatever length was announced.
 */
export class CarriedBytes {
  #bytes: Buffer = EMPTY;
  #length = 0;
  #wanted = PRELUDE_BYTES;

  get length(): number {
    return this.#length;
  }

  /** What is allocated now, in bytes. */
  get capacity(): number {
    return this.#bytes.length;
  }

  get isComplete(): boolean {
    return this.#length === this.#wanted;
  }

  /** What was collected; never written again after `clear`, so views of it may be handed out. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Collect up to `total` bytes, a length that was checked. */
  want(total: number): void {
    this.#wanted = total;
  }

  /** Copies what is still wanted from `chunk[offset…]`. Returns the offset behind it. */
  append(chunk: Buffer, offset: number): number {
    const end = offset + Math.min(this.#wanted - this.#length, chunk.length - offset);
    const length = this.#length + end - offset;
    if (length > this.#bytes.length) this.#grow(length);
    chunk.copy(this.#bytes, this.#length, offset, end);
    this.#length = length;
    return end;
  }

  /** Forgets the first byte: no message begins there. */
  dropFirst(): void {
    this.#bytes.copy(this.#bytes, 0, 1, this.#length);
    this.#length -= 1;
  }

  clear(): void {
    this.#bytes = EMPTY;
    this.#length = 0;
    this.#wanted = PRELUDE_BYTES;
  }

  #grow(length: number): void {
    const capacity = Math.min(this.#wanted, Math.max(length, this.#bytes.length * 2, FIRST_ALLOCATION_BYTES));
    const grown = Buffer.allocUnsafe(capacity);
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

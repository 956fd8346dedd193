/** So many bytes are four characters without padding. */
const QUANTUM_BYTES = 3;

/** Joins pieces that are base64 each into one base64 text: every piece may end in padding, the whole only at its end. */
export class Base64Joiner {
  #rest = Buffer.alloc(0);

  /** What can be said so far and was not said before. */
  push(piece: string): string {
    const bytes = Buffer.concat([this.#rest, Buffer.from(piece, 'base64')]);
    const whole = bytes.length - (bytes.length % QUANTUM_BYTES);
    this.#rest = bytes.subarray(whole);
    return bytes.toString('base64', 0, whole);
  }

  /** The end. */
  finish(): string {
    return this.#rest.toString('base64');
  }
}

import { renderFrame, STAMP_DIGITS, type StreamShape } from '../wire/stream-shape.js';
import { type AnswerChecker, type OnChunk } from './answer-checker.js';

const ASCII_ZERO = 48;
const SHOWN_BYTES = 60;
const NOTHING = Buffer.alloc(0);

/**
 * A passed-through stream: every byte must be the expected one, only the stamps are free. Works on the bytes as they come,
 * however they are cut: comparisons run from one stamp to the next.
 *
 *     head │ … number @ [stamp] … │ … number @ [stamp] … │ tail
 *
 * Where a frame ends with a checksum, what follows its stamp is compared with the frame rendered for that stamp.
 *
 * @param blank the whole expected stream with zero stamps (`renderBlankStream`), shared by all answers of a phase
 */
export class StreamChecker implements AnswerChecker {
  private position = 0;
  private chunk = 0;
  private stamp = 0;
  /** What is left of a frame with a checksum, once its stamp is known. */
  private restOfFrame: Buffer = NOTHING;
  private fault: string | undefined;

  constructor(
    private readonly shape: StreamShape,
    private readonly blank: Buffer,
    private readonly chunks: number,
    private readonly onChunk: OnChunk,
  ) {}

  push(bytes: Buffer): void {
    let offset = 0;
    while (offset < bytes.length && this.fault === undefined) {
      offset = this.step(bytes, offset);
    }
  }

  finish(): string | undefined {
    if (this.fault !== undefined) return this.fault;
    if (this.position === this.blank.length) return undefined;
    return `the stream ends after ${this.chunk} of ${this.chunks} chunks, ${this.blank.length - this.position} bytes missing`;
  }

  /** Where the next stamp begins; the end of the stream after the last one. */
  private stampStart(): number {
    if (this.chunk >= this.chunks) return this.blank.length;
    return this.shape.head.length + this.chunk * this.shape.frame.length + this.shape.stampOffset;
  }

  private step(bytes: Buffer, offset: number): number {
    if (this.restOfFrame.length > 0) {
      const next = this.compare(bytes, offset, this.restOfFrame);
      this.restOfFrame = this.restOfFrame.subarray(next - offset);
      return next;
    }
    const stampStart = this.stampStart();
    if (this.position >= stampStart) return this.readStamp(bytes, offset);
    return this.compare(bytes, offset, this.blank.subarray(this.position, stampStart));
  }

  /** Compares as much of what is expected next as has come. Returns the offset behind it. */
  private compare(bytes: Buffer, offset: number, next: Buffer): number {
    const length = Math.min(bytes.length - offset, next.length);
    if (next.compare(bytes, offset, offset + length, 0, length) !== 0) {
      const expected = next.toString('latin1', 0, Math.min(length, SHOWN_BYTES));
      const actual = bytes.toString('latin1', offset, offset + Math.min(length, SHOWN_BYTES));
      this.fault = `other bytes near chunk ${this.chunk}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`;
    }
    this.position += length;
    return offset + length;
  }

  private readStamp(bytes: Buffer, offset: number): number {
    if (this.position >= this.blank.length) {
      this.fault = `${bytes.length - offset} bytes too many`;
      return bytes.length;
    }
    const stampEnd = this.stampStart() + STAMP_DIGITS;
    let index = offset;
    for (; index < bytes.length && this.position < stampEnd; index++, this.position++) {
      this.stamp = this.stamp * 10 + ((bytes[index] ?? ASCII_ZERO) - ASCII_ZERO);
    }
    if (this.position === stampEnd) {
      const { shape, chunk, stamp } = this;
      if (shape.checksumBytes > 0) {
        this.restOfFrame = renderFrame(shape, chunk, stamp).subarray(shape.stampOffset + STAMP_DIGITS);
      }
      this.chunk += 1;
      this.onChunk(this.stamp);
      this.stamp = 0;
    }
    return index;
  }
}

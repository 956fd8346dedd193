import { NUMBER_DIGITS, STAMP_DIGITS } from '../wire/stream-shape.js';
import { type AnswerChecker, type OnChunk } from './answer-checker.js';

const MARKER = new RegExp(`#(\\d{${NUMBER_DIGITS}})@(\\d{${STAMP_DIGITS}});`, 'g');
const MARKER_LENGTH = NUMBER_DIGITS + STAMP_DIGITS + 3;

/** A stream that a target writes anew: only the markers in the text are looked at. Each must come once and in order. */
export class MarkerChecker implements AnswerChecker {
  private carry = '';
  private next = 0;
  private readonly skipped = new Set<number>();
  private fault: string | undefined;

  constructor(
    private readonly chunks: number,
    private readonly onChunk: OnChunk,
  ) {}

  push(bytes: Buffer): void {
    const text = this.carry + bytes.toString('latin1');
    let consumed = 0;
    for (const match of text.matchAll(MARKER)) {
      consumed = match.index + MARKER_LENGTH;
      this.see(Number(match[1]));
      this.onChunk(Number(match[2]));
    }
    this.carry = text.slice(Math.max(consumed, text.length - MARKER_LENGTH + 1));
  }

  finish(): string | undefined {
    if (this.fault !== undefined) return this.fault;
    const lost = this.skipped.size + Math.max(0, this.chunks - this.next);
    return lost > 0 ? `${lost} of ${this.chunks} chunks lost` : undefined;
  }

  private see(number: number): void {
    if (number >= this.chunks) {
      this.fault ??= `chunk ${number} of ${this.chunks} was never sent`;
    } else if (number === this.next) {
      this.next += 1;
    } else if (number > this.next) {
      for (let missing = this.next; missing < number; missing++) this.skipped.add(missing);
      this.next = number + 1;
    } else {
      this.fault ??= this.skipped.delete(number) ? `chunk ${number} reordered` : `chunk ${number} doubled`;
    }
  }
}

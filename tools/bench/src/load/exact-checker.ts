import { type AnswerChecker } from './answer-checker.js';

/** The body must be exactly these bytes. */
export class ExactChecker implements AnswerChecker {
  private position = 0;
  private fault: string | undefined;

  constructor(private readonly expected: Buffer) {}

  push(bytes: Buffer): void {
    const end = this.position + bytes.length;
    if (end > this.expected.length) this.fault ??= `${end - this.expected.length} bytes too many`;
    else if (this.expected.compare(bytes, 0, bytes.length, this.position, end) !== 0) {
      this.fault ??= `other bytes after byte ${this.position}`;
    }
    this.position = end;
  }

  finish(): string | undefined {
    if (this.fault === undefined && this.position < this.expected.length) {
      return `${this.expected.length - this.position} bytes missing`;
    }
    return this.fault;
  }
}

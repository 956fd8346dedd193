import { type AnswerChecker } from './answer-checker.js';

const MAX_ANSWER_BYTES = 1_048_576;

/** The body must contain this text: for answers that a target writes anew, a translation for instance. */
export class TextChecker implements AnswerChecker {
  private readonly chunks: Buffer[] = [];
  private length = 0;

  constructor(private readonly expected: string) {}

  push(bytes: Buffer): void {
    this.length += bytes.length;
    if (this.length <= MAX_ANSWER_BYTES) this.chunks.push(bytes);
  }

  finish(): string | undefined {
    const text = Buffer.concat(this.chunks).toString();
    return text.includes(this.expected) ? undefined : `the expected text is not in the answer: ${text.slice(0, 120)}`;
  }
}

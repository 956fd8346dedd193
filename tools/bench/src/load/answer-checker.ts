/** Verifies one answer's body. A fault is a sentence; undefined means that the answer is right. */
export interface AnswerChecker {
  push(bytes: Buffer): void;
  /** Called at the end of the answer. */
  finish(): string | undefined;
}

/** Called once per content chunk with the monotonic nanosecond at which the mock wrote it. */
export type OnChunk = (sentNs: number) => void;

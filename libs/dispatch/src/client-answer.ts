import type { Sink } from '@sluice/streaming';

export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>;

/** Where the answer goes: one HTTP response. The head is written with the first byte, never before. */
export interface ClientAnswer extends Sink<Buffer | string> {
  readonly hasBegun: boolean;
  /** True once the client's connection is gone or the answer has ended. */
  readonly isClosed: boolean;
  readonly bytesWritten: number;
  /** When the head was written, in milliseconds of the clock; undefined = not yet. */
  readonly begunAtMs: number | undefined;
  /** Writes the head. Once. */
  begin(status: number, headers: AnswerHeaders): void;
  /** Head and body in one go, with a content length. */
  respond(status: number, headers: AnswerHeaders, body: Buffer): void;
  /** Breaks the connection: the only honest end for an answer whose format has no word for failure. */
  destroy(): void;
  /** Called once when the client goes away before the answer has ended. */
  onAbandoned(listener: () => void): void;
  /** Called once when the last byte is on its way to the client, or nobody is there any more; at once if that was before. */
  onClosed(listener: () => void): void;
}

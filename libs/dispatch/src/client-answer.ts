import type { Sink } from '@sluice/streaming';

export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>;

/** What keeps a silent connection from being closed by somebody between us and the client. Means nothing to its reader. */
export interface SignOfLife {
  /** The head that goes out in front of the first one. */
  readonly headers: () => AnswerHeaders;
  readonly text: string;
}

/**
 * Where the answer goes: one HTTP response. The head is written with the first byte, never before. That may be a sign of life,
 * which begins nothing: afterwards the answer can still be begun, or given at once, but its status is 200 and its headers are
 * those of the sign.
 */
export interface ClientAnswer extends Sink<Buffer | string> {
  readonly hasBegun: boolean;
  /** Whether the head is written, with the answer's beginning or with a sign of life. */
  readonly isHeadSent: boolean;
  /** True once the client's connection is gone or the answer has ended. */
  readonly isClosed: boolean;
  readonly bytesWritten: number;
  /** When the head was written, in milliseconds of the clock; undefined = not yet. */
  readonly begunAtMs: number | undefined;
  /** Whether the client gets all of it at the end: until then nothing of it is past recall. */
  readonly isHeldBack: boolean;
  /** After how many silent milliseconds its client, where it asked for a stream, gets a sign of life; absent = as the settings say. */
  readonly signOfLifeMs?: number;
  /** Writes the head. Once. */
  begin(status: number, headers: AnswerHeaders): void;
  /** Head and body in one go, with a content length. */
  respond(status: number, headers: AnswerHeaders, body: Buffer): void;
  /**
   * Keeps the client waiting: writes a sign of life, unless the client is gone or has not yet read what it was sent. Only
   * between whole events of a stream, or in front of a whole answer.
   */
  keepAwake(sign: SignOfLife): void;
  /** Breaks the connection: the only honest end for an answer whose format has no word for failure. */
  destroy(): void;
  /** Called once when the client goes away before the answer has ended. */
  onAbandoned(listener: () => void): void;
  /** Called once when the last byte is on its way to the client, or nobody is there any more; at once if that was before. */
  onClosed(listener: () => void): void;
}

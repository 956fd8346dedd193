/** Bytes that were recorded, sent as they are: one write per chunk, each in its own turn of the event loop. */
export interface MockReplay {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly chunks: readonly Buffer[];
}

/**
 * How the mock answers one request. Everything is optional; nothing at all is a pleasant, deterministic answer.
 * "Content pieces" are the deltas that carry text or tool arguments (of a replay: its chunks). What a vendor sends before
 * the first of them always goes first, so `resetAfterChunks: 0` breaks off after the handshake.
 */
export interface MockBehaviour {
  /** 400 and above answers with the vendor's error body for that status. Default 200. */
  readonly status?: number;
  /** Instead of the error's usual message. */
  readonly message?: string;
  /** The error's stable code: `error.code` at OpenAI, `error.details.error_code` at Anthropic. */
  readonly code?: string;
  /** The `retry-after` header, in seconds or as an HTTP date. */
  readonly retryAfter?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  /** The whole body, as it is, instead of a made-up answer. */
  readonly body?: string;
  /** The answer's text, instead of the demonstration sentence. */
  readonly text?: string;
  /** Wait before the head. */
  readonly delayMs?: number;
  /** Wait between content pieces. */
  readonly chunkDelayMs?: number;
  /** How many numbered content pieces (`#000001 `, `#000002 ` …) to send instead of text. */
  readonly chunks?: number;
  /** Size of a numbered piece; at least the number itself. Default 8. */
  readonly chunkBytes?: number;
  /** Whether numbered pieces carry the monotonic time of their write: `@` and 16 digits of microseconds. */
  readonly stamp?: boolean;
  /** Close the connection with a reset instead of answering. */
  readonly resetBeforeHead?: boolean;
  /** Reset the connection after so many content pieces. */
  readonly resetAfterChunks?: number;
  /** Never answer; the connection stays open. */
  readonly hang?: boolean;
  /** Fall silent after so many content pieces; the connection stays open. */
  readonly hangAfterChunks?: number;
  /** End cleanly, but without the events that end an answer (a JSON body ends half way). */
  readonly truncate?: boolean;
  /** Put an event whose data is broken JSON after the first content piece (a JSON body ends half way). */
  readonly invalidSse?: boolean;
  /** An error inside a 200, as vendors send it: before any content, or half way through it. Nothing follows it. */
  readonly errorInStream?: 'before' | 'after';
  /** Recorded bytes. Only from a script, not from a request. */
  readonly replay?: MockReplay;
}

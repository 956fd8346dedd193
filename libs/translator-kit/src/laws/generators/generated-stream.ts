/** A streamed answer as bytes, and what it says, known from how it was made. */
export interface GeneratedStream {
  readonly bytes: Buffer;
  /** All text, joined. */
  readonly text: string;
  /** All reasoning, joined. */
  readonly reasoning: string;
  readonly calls: readonly GeneratedCall[];
}

export interface GeneratedCall {
  readonly name: string;
  /** What the pieces of the arguments add up to. */
  readonly argumentsJson: string;
}

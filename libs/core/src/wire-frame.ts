/** One server-sent event. `data` is the joined value of its data lines; `event` is absent when the event had no such field. */
export interface SseFrame {
  readonly kind: 'sse';
  readonly event?: string | undefined;
  readonly data: string;
}

/** The value of one header of the AWS binary event stream, after its type was applied. */
export type BinaryHeaderValue = boolean | number | bigint | string | Uint8Array | Date;

/** One message of the AWS binary event stream. */
export interface BinaryFrame {
  readonly kind: 'binary';
  readonly headers: Readonly<Record<string, BinaryHeaderValue>>;
  readonly payload: Uint8Array;
}

/** The smallest complete unit that a streaming upstream sends. */
export type WireFrame = SseFrame | BinaryFrame;

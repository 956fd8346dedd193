/** One write of a streamed answer. */
export interface Frame {
  readonly bytes: Buffer;
  /** Whether it carries text or tool arguments. */
  readonly isContent: boolean;
  /** Whether it belongs to what ends an answer. */
  readonly isTerminal: boolean;
  /** Where the 16 digits of its time stand, when it has one. */
  readonly stampAt?: number;
  /** Whether its last four bytes are a checksum of the others (AWS event stream). */
  readonly hasChecksum?: boolean;
}

/** Everything that will be sent, decided before the first byte. */
export interface AnswerPlan {
  /** Whether the client asked for a stream and gets one. */
  readonly isStream: boolean;
  /** What happens instead of a head, if anything. */
  readonly head: 'send' | 'reset' | 'hang';
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly frames: readonly Frame[];
  /** What happens after the last frame. */
  readonly ending: 'end' | 'reset' | 'hang';
  readonly delayMs: number;
  /** Wait before every content frame but the first. */
  readonly chunkDelayMs: number;
}

/** A frame that carries text or tool arguments. */
export function contentFrame(bytes: string | Buffer): Frame {
  return { bytes: Buffer.from(bytes), isContent: true, isTerminal: false };
}

/** A frame that holds a stream together: handshake, block borders, pings. */
export function structureFrame(bytes: string | Buffer): Frame {
  return { bytes: Buffer.from(bytes), isContent: false, isTerminal: false };
}

/** A frame without which an answer has not ended. */
export function terminalFrame(bytes: string | Buffer): Frame {
  return { bytes: Buffer.from(bytes), isContent: false, isTerminal: true };
}

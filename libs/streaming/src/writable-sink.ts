import type { Sink } from './sink.js';

/** The part of a node Writable that a sink needs; `ServerResponse` and `Socket` have it. */
export interface WritableLike {
  write(chunk: Buffer | string): boolean;
  end(): unknown;
  on(event: 'drain', listener: () => void): unknown;
}

/** A sink over node's Writable. It adds one `drain` listener for its life; errors of the writable are its owner's. */
export function writableSink(writable: WritableLike): Sink<Buffer | string> {
  let drainListener: (() => void) | undefined;
  writable.on('drain', () => drainListener?.());
  return {
    write: (chunk) => writable.write(chunk),
    end: () => {
      writable.end();
    },
    onDrain: (listener) => {
      drainListener = listener;
    },
  };
}

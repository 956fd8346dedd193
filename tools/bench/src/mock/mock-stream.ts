import type { ServerResponse } from 'node:http';
import { monotonicNs } from '../wire/monotonic-clock.js';
import { renderFrame, type StreamShape } from '../wire/stream-shape.js';

/** One streamed answer of the mock vendor. The first write carries the head and chunk 0, the last one chunk n-1 and the tail. */
export class MockStream {
  private sent = 0;

  constructor(
    private readonly response: ServerResponse,
    private readonly shape: StreamShape,
    private readonly chunks: number,
  ) {}

  /** Writes the next chunk. Returns false when the answer has ended, by itself or because the client went away. */
  sendNext(): boolean {
    if (this.response.destroyed || this.sent >= this.chunks) return false;
    const frame = renderFrame(this.shape, this.sent, monotonicNs());
    const isFirst = this.sent === 0;
    this.sent += 1;
    const bytes = isFirst ? Buffer.concat([this.shape.head, frame]) : frame;
    if (this.sent < this.chunks) {
      this.response.write(bytes);
      return true;
    }
    this.response.end(Buffer.concat([bytes, this.shape.tail]));
    return false;
  }

  /** Writes everything that is left at once. */
  sendAll(): void {
    while (this.sendNext());
  }
}

/** Receives one answer after the other. `data` gets slices of the socket's buffers, framing removed. */
export interface AnswerSink {
  head(status: number): void;
  data(bytes: Buffer): void;
  end(): void;
}

const MAX_HEAD_BYTES = 16_384;
const MAX_SIZE_LINE_BYTES = 64;
const LINE_FEED = 10;

/**
 * HTTP/1.1 answers of a keep-alive connection, as little as a load generator needs: a status, `content-length` or chunked framing.
 *
 *     head → length → (next head)
 *     head → size line → chunk → chunk end → size line … → trailer → (next head)
 *
 * Throws an Error when the bytes are not such an answer.
 */
export class HttpAnswerParser {
  private state: 'head' | 'length' | 'size-line' | 'chunk' | 'chunk-end' | 'trailer' = 'head';
  private pending = '';
  private remaining = 0;

  constructor(private readonly sink: AnswerSink) {}

  push(bytes: Buffer): void {
    let offset = 0;
    while (offset < bytes.length) offset = this.step(bytes, offset);
  }

  private step(bytes: Buffer, offset: number): number {
    switch (this.state) {
      case 'head':
        return this.readHead(bytes, offset);
      case 'length':
      case 'chunk':
        return this.readBody(bytes, offset);
      case 'chunk-end':
        return this.readLine(bytes, offset, () => (this.state = 'size-line'));
      case 'size-line':
        return this.readLine(bytes, offset, (line) => {
          this.remaining = parseChunkSize(line);
          this.state = this.remaining === 0 ? 'trailer' : 'chunk';
        });
      case 'trailer':
        return this.readLine(bytes, offset, (line) => {
          if (line === '') this.finish();
        });
    }
  }

  private readHead(bytes: Buffer, offset: number): number {
    const known = this.pending.length;
    const text = this.pending + bytes.toString('latin1', offset, Math.min(bytes.length, offset + MAX_HEAD_BYTES));
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) {
      if (text.length > MAX_HEAD_BYTES) throw new Error('the head of an answer is too long');
      this.pending = text;
      return bytes.length;
    }
    this.pending = '';
    const head = text.slice(0, end);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
    if (Number.isNaN(status)) throw new Error(`not an HTTP/1.1 answer: ${head.slice(0, 40)}`);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const isChunked = length === undefined && /\r\ntransfer-encoding: *chunked/i.test(head);
    if (length === undefined && !isChunked) throw new Error('an answer with neither length nor chunked framing');
    this.sink.head(status);
    this.remaining = Number(length ?? 0);
    this.state = isChunked ? 'size-line' : 'length';
    if (this.state === 'length' && this.remaining === 0) this.finish();
    return offset + end + 4 - known;
  }

  private readBody(bytes: Buffer, offset: number): number {
    const taken = Math.min(this.remaining, bytes.length - offset);
    this.sink.data(bytes.subarray(offset, offset + taken));
    this.remaining -= taken;
    if (this.remaining === 0) {
      if (this.state === 'chunk') this.state = 'chunk-end';
      else this.finish();
    }
    return offset + taken;
  }

  private readLine(bytes: Buffer, offset: number, onLine: (line: string) => void): number {
    const end = bytes.indexOf(LINE_FEED, offset);
    const stop = end < 0 ? bytes.length : end + 1;
    this.pending += bytes.toString('latin1', offset, stop);
    if (this.pending.length > MAX_SIZE_LINE_BYTES) throw new Error('a line of the chunked framing is too long');
    if (end < 0) return stop;
    const line = this.pending.trimEnd();
    this.pending = '';
    onLine(line);
    return stop;
  }

  private finish(): void {
    this.state = 'head';
    this.sink.end();
  }
}

function parseChunkSize(line: string): number {
  const size = /^[0-9a-f]+/i.exec(line)?.[0];
  if (size === undefined) throw new Error(`not a chunk size: ${line}`);
  return Number.parseInt(size, 16);
}

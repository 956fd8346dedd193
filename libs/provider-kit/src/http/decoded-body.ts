import { createBrotliDecompress, createGunzip, createInflate, type BrotliDecompress, type Gunzip } from 'node:zlib';
import { GatewayError } from '@sluice/core';
import type { PushSource, SourceListener } from '@sluice/streaming';

type Decompressor = BrotliDecompress | Gunzip;

const DECOMPRESSORS = new Map<string, () => Decompressor>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

const MAX_SHOWN_CHARACTERS = 40;
const TRUNCATED_INPUT = 'Z_BUF_ERROR';

/**
 * We ask for `identity`; some servers compress all the same.
 * @param encoding the vendor's `content-encoding`
 * @throws GatewayError `upstream_invalid_response` for an encoding that we do not read
 */
export function decodeBody(encoding: string, body: PushSource<Buffer>): PushSource<Buffer> {
  const decompressor = DECOMPRESSORS.get(encoding.trim().toLowerCase());
  if (decompressor !== undefined) return new DecodedBody(body, decompressor());
  const shown = encoding.replace(/[^\w ,.-]/g, '?').slice(0, MAX_SHOWN_CHARACTERS);
  throw new GatewayError({
    kind: 'upstream_invalid_response',
    message: `The vendor compressed its answer (${shown}) although an uncompressed one was asked for.`,
  });
}

/** A compressed body, decompressed as it comes. Memory is bounded by zlib's own stream buffers. */
class DecodedBody implements PushSource<Buffer> {
  readonly #source: PushSource<Buffer>;
  readonly #decompressor: Decompressor;
  #isClosed = false;

  constructor(source: PushSource<Buffer>, decompressor: Decompressor) {
    this.#source = source;
    this.#decompressor = decompressor;
  }

  start(listener: SourceListener<Buffer>): void {
    const source = this.#source;
    const decompressor = this.#decompressor;
    const fail = (error: unknown): void => {
      if (this.#isClosed) return;
      this.cancel();
      listener.onError(error);
    };
    decompressor.on('data', (chunk: Buffer) => listener.onData(chunk));
    decompressor.once('end', () => {
      if (this.#isClosed) return;
      this.#isClosed = true;
      listener.onEnd();
    });
    decompressor.once('error', (cause) => fail(decompressionFailure(cause)));
    decompressor.on('drain', () => source.resume());
    source.start({
      onData: (chunk) => {
        if (!decompressor.write(chunk)) source.pause();
      },
      onEnd: () => decompressor.end(),
      onError: fail,
    });
  }

  pause(): void {
    this.#decompressor.pause();
  }

  resume(): void {
    this.#decompressor.resume();
  }

  cancel(reason?: unknown): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#source.cancel(reason);
    this.#decompressor.removeAllListeners('data');
    this.#decompressor.destroy();
  }
}

function decompressionFailure(cause: NodeJS.ErrnoException): GatewayError {
  if (cause.code === TRUNCATED_INPUT) {
    return new GatewayError({
      kind: 'upstream_truncated',
      message: "The vendor's answer stopped before its end.",
      cause,
    });
  }
  return new GatewayError({
    kind: 'upstream_invalid_response',
    message: "The vendor's answer could not be decompressed.",
    cause,
  });
}

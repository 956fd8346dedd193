import zlib from 'node:zlib';
import type { GatewayError } from '@sluice/core';
import { bodyTooLarge, brokenEncoding, unknownEncoding } from './body-errors.js';

/** Decodes a whole body off the event loop. @throws GatewayError `request_too_large` once the output passes `maxBytes`, `invalid_request` */
export type ContentDecoder = (encoded: Buffer, maxBytes: number) => Promise<Buffer>;

type Decompress = (
  encoded: Buffer,
  options: { maxOutputLength: number },
  done: (error: Error | null, decoded: Buffer) => void,
) => void;

/** Absent before node 22.15, and so in the type that we compile against. */
const { zstdDecompress } = zlib as { zstdDecompress?: Decompress };

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1 */
const DECODERS = new Map<string, ContentDecoder>([
  ['gzip', decoder('gzip', zlib.gunzip)],
  ['x-gzip', decoder('gzip', zlib.gunzip)],
  ['deflate', decoder('deflate', zlib.inflate)],
  ['br', decoder('br', zlib.brotliDecompress)],
]);
if (zstdDecompress !== undefined) DECODERS.set('zstd', decoder('zstd', zstdDecompress));

/**
 * The decoder that a `content-encoding` asks for: undefined where nothing is to be decoded, a GatewayError
 * `unsupported_media_type` where we do not know it (a list of several encodings included).
 */
export function contentDecoder(contentEncoding: string | undefined): ContentDecoder | GatewayError | undefined {
  if (contentEncoding === undefined) return undefined;
  const encoding = contentEncoding.trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return undefined;
  return DECODERS.get(encoding) ?? unknownEncoding(encoding, ['identity', ...DECODERS.keys()]);
}

function decoder(encoding: string, decompress: Decompress): ContentDecoder {
  return (encoded, maxBytes) =>
    new Promise((resolve, reject) => {
      decompress(encoded, { maxOutputLength: maxBytes }, (error, decoded) => {
        if (error === null) resolve(decoded);
        else reject(isOverflow(error) ? bodyTooLarge(maxBytes) : brokenEncoding(encoding, error));
      });
    });
}

/** node stops as soon as the output passes `maxOutputLength`, so a bomb costs no more memory than an honest body. */
function isOverflow(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

import zlib from 'node:zlib';
import { GatewayError } from '@sluice/core';
import { contentDecoder, type ContentDecoder } from './content-decoder.js';

const BODY = Buffer.from('{"model":"demo","messages":[{"role":"user","content":"grüß dich"}]}');
const { zstdCompressSync } = zlib as { zstdCompressSync?: (body: Buffer) => Buffer };

const COMPRESSED: readonly (readonly [string, Buffer])[] = [
  ['gzip', zlib.gzipSync(BODY)],
  ['x-gzip', zlib.gzipSync(BODY)],
  ['GZIP', zlib.gzipSync(BODY)],
  ['deflate', zlib.deflateSync(BODY)],
  ['br', zlib.brotliCompressSync(BODY)],
  ...(zstdCompressSync === undefined ? [] : [['zstd', zstdCompressSync(BODY)] as const]),
];

function decoderFor(encoding: string): ContentDecoder {
  const decoder = contentDecoder(encoding);
  if (decoder === undefined || decoder instanceof GatewayError) throw new Error(`no decoder for ${encoding}`);
  return decoder;
}

describe('contentDecoder', () => {
  it.each(COMPRESSED)('decodes %s', async (encoding, compressed) => {
    expect(await decoderFor(encoding)(compressed, BODY.length)).toEqual(BODY);
  });

  it.each(COMPRESSED)('refuses %s that decodes to one byte more than allowed', async (encoding, compressed) => {
    await expect(decoderFor(encoding)(compressed, BODY.length - 1)).rejects.toMatchObject({
      kind: 'request_too_large',
    });
  });

  it.each(COMPRESSED)('refuses truncated %s', async (encoding, compressed) => {
    const truncated = compressed.subarray(0, compressed.length - 10);

    await expect(decoderFor(encoding)(truncated, 1e6)).rejects.toMatchObject({
      kind: 'invalid_request',
      message: expect.stringContaining('send it whole, or without content-encoding') as string,
    });
  });

  it('stops a bomb at the limit', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(60_000);

    await expect(decoderFor('gzip')(bomb, 100_000)).rejects.toMatchObject({ kind: 'request_too_large' });
  });

  it.each([undefined, '', 'identity', 'Identity'])('has nothing to do for %j', (encoding) => {
    expect(contentDecoder(encoding)).toBeUndefined();
  });

  it.each(['compress', 'gzip, br', 'constructor'])('does not know %j', (encoding) => {
    expect(contentDecoder(encoding)).toMatchObject({
      kind: 'unsupported_media_type',
      status: 415,
      message: expect.stringContaining(`"${encoding}" is not supported; send one of identity, gzip`) as string,
    });
  });
});

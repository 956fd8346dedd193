import type { MediaBlock } from '@sluice/core';
import { mediaTokens } from './media-tokens.js';

const image = (bytes: Buffer): MediaBlock => ({
  type: 'image',
  source: { kind: 'base64', value: bytes.toString('base64') },
});
const png = (width: number, height: number): Buffer => {
  const bytes = Buffer.alloc(33);
  bytes.writeUInt32BE(0x89504e47, 0);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};
const gif = (width: number, height: number): Buffer => {
  const bytes = Buffer.from('GIF89a\0\0\0\0');
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
};
const jpeg = (width: number, height: number): Buffer => {
  const size = Buffer.from([0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255]);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff]), size]);
};
const webp = (chunk: string, at: number, bytes: readonly number[]): Buffer => {
  const head = Buffer.alloc(32);
  head.write('RIFF', 0, 'latin1');
  head.write(`WEBP${chunk}`, 8, 'latin1');
  Buffer.from(bytes).copy(head, at);
  return head;
};

describe('mediaTokens', () => {
  // OpenAI's own examples: 85 + 170 for each tile of 512 pixels
  it.each([
    ['1024 × 1024', png(1024, 1024), 765],
    ['2048 × 4096', png(2048, 4096), 1105],
  ])('counts the tiles of %s', (_, bytes, tokens) => {
    expect(mediaTokens(image(bytes))).toBe(tokens);
  });

  it('does not enlarge a small image', () => {
    expect(mediaTokens(image(png(512, 512)))).toBe(85 + 170);
  });

  it.each([
    ['GIF', gif(2048, 4096)],
    ['JPEG', jpeg(2048, 4096)],
    ['WebP, lossy', webp('VP8 ', 26, [0, 8, 0, 16])],
    ['WebP, lossless', webp('VP8L', 21, [0xff, 0xc7, 0xff, 0x03])],
    ['WebP, extended', webp('VP8X', 24, [0xff, 7, 0, 0xff, 15, 0])],
  ])('finds the size of a %s', (_, bytes) => {
    expect(mediaTokens(image(bytes))).toBe(1105);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', Buffer.from('no image at all, whatever it says')],
    ['half a head', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 40])],
    ['no pixels', png(0, 0)],
  ])('takes %s for an image of common size', (_, bytes) => {
    expect(mediaTokens(image(bytes))).toBe(765);
  });

  it.each(['document', 'audio'] as const)('has one number for every %s', (type) => {
    expect(mediaTokens({ type, source: { kind: 'url', value: 'https://example.com/x' } })).toBe(1500);
  });
});

import { crc32 as zlibCrc32 } from 'node:zlib';
import { crc32 as independentCrc32 } from '@aws-crypto/crc32';
import fc from 'fast-check';
import { preludeCrc } from './prelude-crc.js';

describe('preludeCrc', () => {
  it('is the CRC-32 of the eight bytes at an offset', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), fc.nat({ max: 12 }), (bytes, offset) => {
        expect(preludeCrc(bytes, offset)).toBe(independentCrc32(bytes.slice(offset, offset + 8)));
      }),
    );
  });
});

describe('the checksum of messages', () => {
  it.each([
    ['123456789', 0xcbf43926],
    ['', 0],
  ])('of %j is the known one', (text, crc) => {
    expect(zlibCrc32(text)).toBe(crc);
    expect(independentCrc32(Buffer.from(text))).toBe(crc);
  });
});
